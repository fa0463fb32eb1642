package dev.hairpin.pcap;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.Optional;

/**
 * An expression compiled by the libpcap of this machine, for comparison: with or without its optimizer, and applied to a
 * frame that stays in native memory while many expressions look at it.
 */
final class Libpcap implements AutoCloseable {
    private static final int ETHERNET = 1;
    private static final int SNAP_LENGTH = 1 << 18;

    private final Pointer handle;
    private final Memory program = new Memory(16);
    private final Pointer instructions;

    private Libpcap(Pointer handle, String expression, boolean optimized, int netmask) {
        this.handle = handle;
        if (Native.pcap_compile(handle, program, expression, optimized ? 1 : 0, netmask) != 0) {
            throw new IllegalArgumentException(Native.pcap_geterr(handle).getString(0));
        }
        this.instructions = program.getPointer(8);
    }

    /** Why it cannot be used here, if it cannot. */
    static Optional<String> missing() {
        try {
            compile("arp", false, -1).close();
            return Optional.empty();
        } catch (LinkageError absent) {
            return Optional.of("libpcap is not installed: " + absent.getMessage());
        }
    }

    /** @throws IllegalArgumentException with the words of libpcap when it refuses the expression */
    static Libpcap compile(String expression, boolean optimized, int netmask) {
        Pointer handle = Native.pcap_open_dead(ETHERNET, SNAP_LENGTH);
        try {
            return new Libpcap(handle, expression, optimized, netmask);
        } catch (IllegalArgumentException refused) {
            Native.pcap_close(handle);
            throw refused;
        }
    }

    static String version() {
        return Native.pcap_lib_version();
    }

    boolean accepts(Pointer frame, int captured, int length) {
        return Native.bpf_filter(instructions, frame, length, captured) != 0;
    }

    @Override
    public void close() {
        Native.pcap_freecode(program);
        Native.pcap_close(handle);
    }

    /** The functions of the library. */
    private static final class Native {
        static {
            com.sun.jna.Native.register(Native.class, "pcap");
        }

        static native Pointer pcap_open_dead(int linkType, int snapLength);

        static native int pcap_compile(Pointer handle, Pointer program, String expression, int optimize, int netmask);

        static native Pointer pcap_geterr(Pointer handle);

        static native void pcap_freecode(Pointer program);

        static native void pcap_close(Pointer handle);

        static native String pcap_lib_version();

        static native int bpf_filter(Pointer instructions, Pointer frame, int length, int captured);
    }
}
