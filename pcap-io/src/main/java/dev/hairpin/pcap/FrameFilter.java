package dev.hairpin.pcap;

import dev.hairpin.model.frame.Slab;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.BpfProgram;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;
import org.pcap4j.packet.namednumber.DataLinkType;

/**
 * A condition on Ethernet frames in the language of pcap-filter(7), as tcpdump takes it; libpcap compiles it and applies
 * it. As there, {@code vlan} moves where the rest of the expression looks to behind the tag.
 *
 * <p>Needs libpcap on the machine, from the first use of this class on and not before. For one thread.
 */
public final class FrameFilter implements AutoCloseable {
    private static final int SNAP_LENGTH = 1 << 18;
    private static final int LEAST_BUFFER = 1 << 7;

    private final BpfProgram program;

    /** By the logarithm of their length. The whole buffer is copied on its way to libpcap, so it must not be too long. */
    private final byte[] @Nullable [] buffers = new byte[Integer.SIZE][];

    private FrameFilter(BpfProgram program) {
        this.program = program;
    }

    /**
     * Compiles an expression. The empty one accepts all frames.
     *
     * @throws FilterInvalid when it is none
     * @throws FilterUnavailable when there is no libpcap
     */
    public static FrameFilter compile(String expression) {
        try (PcapHandle ethernet = Pcaps.openDead(DataLinkType.EN10MB, SNAP_LENGTH)) {
            return new FrameFilter(
                    ethernet.compileFilter(expression, BpfCompileMode.OPTIMIZE, PcapHandle.PCAP_NETMASK_UNKNOWN));
        } catch (PcapNativeException | NotOpenException cause) {
            throw new FilterInvalid("filter \"" + expression + "\": " + reason(cause), cause);
        } catch (LinkageError cause) {
            // The first attempt fails to find the library, later ones the class that looked for it.
            throw new FilterUnavailable(
                    "--filter needs libpcap: install the package libpcap0.8 (Debian, Ubuntu), libpcap (Fedora, macOS)"
                            + " or Npcap (Windows)",
                    cause);
        }
    }

    /**
     * Whether the expression holds for a frame.
     *
     * @param slab where its octets are
     * @param offset where they begin
     * @param captured how many there are
     * @param length how many it had on the wire
     */
    public boolean accepts(Slab slab, long offset, int captured, int length) {
        byte[] buffer = buffer(captured);
        slab.copy(offset, buffer, 0, captured);
        return program.applyFilter(buffer, length, captured);
    }

    /** Frees the compiled program; thereafter no frame is accepted. */
    @Override
    public void close() {
        program.free();
    }

    private byte[] buffer(int captured) {
        int power = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(captured, LEAST_BUFFER) - 1);
        byte[] buffer = buffers[power];
        if (buffer == null) {
            buffer = new byte[1 << power];
            buffers[power] = buffer;
        }
        return buffer;
    }

    private static String reason(Exception cause) {
        String message = cause.getMessage();
        return message == null ? "libpcap does not take it" : message.trim();
    }
}
