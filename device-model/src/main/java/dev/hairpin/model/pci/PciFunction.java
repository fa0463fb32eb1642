package dev.hairpin.model.pci;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One function of a device: its configuration space, and what writes to it set off. */
final class PciFunction {
    /** In Device Capabilities: takes function level resets. */
    static final int CAN_RESET = 1 << 28;

    private static final int COMMAND = 0x04;
    private static final int MEMORY_SPACE = 0x0002;
    private static final int IO_SPACE = 0x0001;
    private static final int HEADER_BARS = 0x10;
    private static final int DEVICE_CONTROL = 0x08;

    private final int number;
    private final ConfigSpace space;
    private final FunctionLayout layout;
    private final @Nullable Sriov sriov;
    private long answersFrom = Long.MIN_VALUE;

    /** @param number in its device, 0 for the first */
    PciFunction(int number, FunctionLayout layout) {
        this.number = number;
        this.layout = layout;
        this.space = new ConfigSpace(layout.registers());
        this.sriov = layout.numbers() == null ? null : new Sriov(space, layout.sriov(), layout.numbers());
    }

    int number() {
        return number;
    }

    /** The capability of SR-IOV; empty where there is none. */
    Optional<Sriov> sriov() {
        return Optional.ofNullable(sriov);
    }

    List<Register> table() {
        return space.table();
    }

    List<Bar> bars() {
        return layout.bars();
    }

    /** Where the window of {@code bar} begins. */
    long address(Bar bar) {
        return space.read(HEADER_BARS + 4 * bar.number(), bar.octets()) & bar.address();
    }

    /** Whether it answers at {@code now}: not while it is being reset. */
    boolean answers(long now) {
        return now >= answersFrom;
    }

    long read(int offset, int octets) {
        return space.read(offset, octets);
    }

    /** Takes a write of software at {@code now}, and says what it sets off. */
    PciEffect write(int offset, int octets, long written, long now) {
        Sriov.Held before = sriov == null ? null : sriov.held();
        space.write(offset, octets, written);
        if (resets(offset, octets, written)) {
            return reset(now);
        }
        return sriov == null || before == null ? PciEffect.NONE : sriov.written(before, now);
    }

    private boolean resets(int offset, int octets, long written) {
        int bit = 8 * (layout.express() + DEVICE_CONTROL - offset) + 15;
        return bit >= 0 && bit < 8 * octets && ((written >>> bit) & 1) != 0;
    }

    /** A function level reset, after which it need not answer for 100 ms; virtual functions of it are gone. */
    private PciEffect reset(long now) {
        int gone = sriov == null ? 0 : sriov.functions();
        space.reset();
        answersFrom = now + Sriov.SETTLE_NANOS;
        return new PciEffect.FunctionReset(number, gone);
    }

    /** The window that {@code address} lies in, of memory or of I/O ports; empty when the function does not decode it. */
    Optional<Window> decode(long address, boolean ports) {
        boolean decodes = (space.read(COMMAND, 2) & (ports ? IO_SPACE : MEMORY_SPACE)) != 0;
        for (Bar bar : layout.bars()) {
            if (decodes
                    && ports == (bar.kind() == Bar.Kind.IO)
                    && Long.compareUnsigned(address - address(bar), bar.size()) < 0) {
                return Optional.of(new Window(number, bar.number(), address - address(bar)));
            }
        }
        return Optional.empty();
    }
}
