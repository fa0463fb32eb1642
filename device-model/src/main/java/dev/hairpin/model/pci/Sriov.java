package dev.hairpin.model.pci;

/**
 * The SR-IOV capability of a physical function and its rules (Single Root I/O Virtualization 1.1, 3.3): how many virtual
 * functions there are, where they are, and what software may not write while they are enabled.
 */
final class Sriov {
    static final int CONTROL = 0x08;
    static final int NUMBER = 0x10;
    static final int OFFSET = 0x14;
    static final int STRIDE = 0x16;
    static final int PAGE_SIZE = 0x20;
    static final int BARS = 0x24;

    /** VF Enable, VF Memory Space Enable, ARI Capable Hierarchy. */
    static final int ENABLE = 0x01;

    static final int MEMORY = 0x08;
    static final int CONTROLS = ENABLE | MEMORY | 0x10;

    /** Of 4 KiB, 8 KiB, 64 KiB, 256 KiB, 1 MiB and 4 MiB, which every device must support. */
    static final int PAGE_SIZES = 0x553;

    /** After VF Enable was set, virtual functions need not answer for so long (3.3.3.1). */
    static final long SETTLE_NANOS = 100_000_000;

    /** After it was cleared, they may take so long to be gone (3.3.3.1). */
    static final long VANISH_NANOS = 1_000_000_000;

    private static final int PAGE = 4096;

    private final ConfigSpace space;
    private final int at;
    private final int total;
    private long answersFrom;
    private long goneFrom = Long.MIN_VALUE;

    /**
     * What differs from device to device.
     *
     * @param total virtual functions; initial ones are as many, since there is no migration
     * @param offset from the physical function's routing id to that of the first
     * @param stride from one to the next
     * @param device that they are, for the vendor of the physical function
     */
    record Numbers(int total, int offset, int stride, int device) {}

    /** @param at where the capability is in {@code space} */
    Sriov(ConfigSpace space, int at, Numbers numbers) {
        this.space = space;
        this.at = at;
        this.total = numbers.total();
    }

    boolean enabled() {
        return (space.read(at + CONTROL, 2) & ENABLE) != 0;
    }

    /** Virtual functions that there are; those beyond TotalVFs are none. */
    int functions() {
        int number = (int) space.read(at + NUMBER, 2);
        return enabled() && number <= total ? number : 0;
    }

    /** Whether they answer at {@code now}, in nanoseconds of virtual time. */
    boolean answers(long now) {
        return enabled() && now >= answersFrom;
    }

    boolean decodesMemory() {
        return enabled() && (space.read(at + CONTROL, 2) & MEMORY) != 0;
    }

    /** The routing id of virtual function {@code n}, from 0, of a physical function at {@code own}; may be on a later bus. */
    int routingId(int own, int n) {
        return own + (int) space.read(at + OFFSET, 2) + n * (int) space.read(at + STRIDE, 2);
    }

    /** The address at which {@code bar} of virtual function {@code n} begins. */
    long address(Bar bar, int n) {
        return (space.read(at + BARS + 4 * bar.number(), bar.octets()) & bar.address()) + n * aperture(bar);
    }

    /** What a virtual function takes of the addresses: at least a page of the system. */
    long aperture(Bar bar) {
        return Math.max(bar.size(), space.read(at + PAGE_SIZE, 4) * PAGE);
    }

    /** Does what follows from a write of software. Call after every write to the space, with what was there before. */
    PciEffect written(Held before, long now) {
        if (before.enabled || Long.bitCount(space.read(at + PAGE_SIZE, 4)) != 1) {
            space.set(at + PAGE_SIZE, 4, before.pageSize);
        }
        if (before.enabled) {
            space.set(at + NUMBER, 2, before.number);
        }
        if (!before.enabled && enabled()) {
            answersFrom = Math.max(now + SETTLE_NANOS, goneFrom);
            return new PciEffect.FunctionsEnabled(functions());
        }
        if (before.enabled && !enabled()) {
            goneFrom = now + VANISH_NANOS;
            return new PciEffect.FunctionsGone(before.number);
        }
        return PciEffect.NONE;
    }

    /** What a write must not change while virtual functions are enabled. */
    Held held() {
        return new Held(enabled(), (int) space.read(at + NUMBER, 2), space.read(at + PAGE_SIZE, 4));
    }

    record Held(boolean enabled, int number, long pageSize) {}
}
