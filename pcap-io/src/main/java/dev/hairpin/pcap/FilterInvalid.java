package dev.hairpin.pcap;

/** An expression that is no filter for Ethernet; its message has the expression and what libpcap says of it. */
public final class FilterInvalid extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    FilterInvalid(String message, Throwable cause) {
        super(message, cause);
    }
}
