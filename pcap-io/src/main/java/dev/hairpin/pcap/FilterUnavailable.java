package dev.hairpin.pcap;

/** Filters cannot be used on this machine, because libpcap is not there; its message says what to install. */
public final class FilterUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FilterUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
