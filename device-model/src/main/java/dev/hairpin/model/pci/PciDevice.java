package dev.hairpin.model.pci;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A device in a slot: its functions, each reached by its routing id, bus in the upper eight bits. Functions are numbered
 * from 0; in a mode with virtual functions, number {@code 1 + n} is virtual function {@code n}. Where no function answers,
 * reads give all ones and writes go nowhere, as on a bus. Mutable, for one thread; time is virtual, in nanoseconds.
 */
public final class PciDevice {
    private final PciModel model;
    private final FunctionMode mode;
    private final int routingId;
    private final List<PciFunction> functions = new ArrayList<>();
    private boolean frozen;

    /**
     * @param mode of the device, or what one of several root complexes sees of it
     * @param bus that the slot leads to
     * @throws IllegalArgumentException when the model has no such mode, or it is one for several root complexes
     */
    public PciDevice(PciModel model, FunctionMode mode, int bus) {
        boolean known = model.mode(mode.name())
                .filter(whole -> mode.functions() <= whole.functions())
                .isPresent();
        if (!known || mode.kind() == FunctionMode.Kind.MR_IOV || bus < 0 || bus > 255) {
            throw new IllegalArgumentException(model.name() + " in mode " + mode.name() + " on bus " + bus);
        }
        this.model = model;
        this.mode = mode;
        this.routingId = bus << 8;
        int present = mode.kind() == FunctionMode.Kind.SR_IOV ? 1 : mode.functions();
        for (int number = 0; number < present; number++) {
            functions.add(new PciFunction(number, model.tables().function(mode, number)));
        }
    }

    public PciModel model() {
        return model;
    }

    public FunctionMode mode() {
        return mode;
    }

    /** The routing ids of the functions that answer at {@code now}, in the order of their numbers. */
    public List<Integer> routingIds(long now) {
        List<Integer> ids = new ArrayList<>();
        for (PciFunction function : functions) {
            if (answers(function, now)) {
                ids.add(routingId(function.number()));
            }
        }
        return ids;
    }

    /** The routing id of function {@code number}, be it enabled or not. */
    public int routingId(int number) {
        return functions
                .get(0)
                .sriov()
                .filter(sriov -> number > 0)
                .map(sriov -> sriov.routingId(routingId, number - 1))
                .orElse(routingId + number);
    }

    /** The number of the function at {@code id}; empty when none is there now. */
    public Optional<Integer> function(int id) {
        return functions.stream()
                .map(PciFunction::number)
                .filter(number -> routingId(number) == id)
                .findFirst();
    }

    /** Whether function {@code number} is a virtual one in this mode. */
    public boolean isVirtual(int number) {
        return mode.kind() == FunctionMode.Kind.SR_IOV && number > 0;
    }

    /**
     * A window with its place among the system's addresses.
     *
     * @param address 0 when it was given none
     */
    public record Placed(Bar bar, long address) {}

    /** The windows of function {@code number}. */
    public List<Placed> windows(int number) {
        return functions.get(number).bars().stream()
                .map(bar -> new Placed(
                        bar,
                        isVirtual(number)
                                ? functions.get(0).sriov().orElseThrow().address(bar, number - 1)
                                : functions.get(number).address(bar)))
                .toList();
    }

    /** The table of registers of function {@code number}. */
    public List<Register> table(int number) {
        return functions.get(number).table();
    }

    /**
     * A configuration read.
     *
     * @param octets 1, 2 or 4, of which {@code offset} is a multiple
     */
    public long read(int id, int offset, int octets, long now) {
        requireAligned(offset, octets);
        return function(id)
                .map(functions::get)
                .filter(function -> answers(function, now))
                .map(function -> function.read(offset, octets))
                .orElse((1L << (8 * octets)) - 1);
    }

    /** A configuration write, likewise; what it sets off. */
    public PciEffect write(int id, int offset, int octets, long written, long now) {
        requireAligned(offset, octets);
        Optional<PciFunction> function = function(id).map(functions::get).filter(present -> answers(present, now));
        if (function.isEmpty()) {
            return PciEffect.NONE;
        }
        PciEffect effect = function.get().write(offset, octets, written, now);
        follow(effect);
        return effect;
    }

    /** Virtual functions come and go with their physical function's register. */
    private void follow(PciEffect effect) {
        boolean go = effect instanceof PciEffect.FunctionsGone
                || (effect instanceof PciEffect.FunctionReset reset && !isVirtual(reset.function()));
        if (go && mode.kind() == FunctionMode.Kind.SR_IOV) {
            functions.subList(1, functions.size()).clear();
        }
        if (effect instanceof PciEffect.FunctionsEnabled enabled) {
            for (int n = 0; n < enabled.functions(); n++) {
                functions.add(new PciFunction(1 + n, model.tables().virtual()));
            }
        }
    }

    private boolean answers(PciFunction function, long now) {
        boolean settled = !isVirtual(function.number())
                || functions.get(0).sriov().map(sriov -> sriov.answers(now)).orElse(false);
        return !frozen && settled && function.answers(now);
    }

    /** The slot is frozen after an error, or thawed again: nothing answers meanwhile, and nothing is forgotten. */
    public void freeze(boolean now) {
        frozen = now;
    }

    /** Where a memory address leads at {@code now}, virtual functions included; empty when no window decodes it. */
    public Optional<Window> decode(long address, long now) {
        for (PciFunction function : functions) {
            Optional<Window> window = !answers(function, now)
                    ? Optional.empty()
                    : isVirtual(function.number())
                            ? decodeVirtual(function.number(), address)
                            : function.decode(address, false);
            if (window.isPresent()) {
                return window;
            }
        }
        return Optional.empty();
    }

    private Optional<Window> decodeVirtual(int number, long address) {
        Sriov sriov = functions.get(0).sriov().orElseThrow();
        for (Bar bar : model.tables().virtual().bars()) {
            long offset = address - sriov.address(bar, number - 1);
            if (sriov.decodesMemory() && Long.compareUnsigned(offset, bar.size()) < 0) {
                return Optional.of(new Window(number, bar.number(), offset));
            }
        }
        return Optional.empty();
    }

    private static void requireAligned(int offset, int octets) {
        boolean size = octets == 1 || octets == 2 || octets == 4;
        if (!size || offset < 0 || offset % octets != 0 || offset + octets > ConfigSpace.SIZE) {
            throw new IllegalArgumentException(octets + " octets at " + offset + " of a configuration space");
        }
    }
}
