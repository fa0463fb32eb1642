package dev.hairpin.experiments.topology;

import dev.hairpin.model.device.Choice;
import dev.hairpin.model.device.Device;
import dev.hairpin.model.offload.Offloads;

/** Reads what a NIC does for a function's guest, in the words of {@code ethtool -K}. */
final class OffloadReader {
    private static final String OFFLOAD = "an object such as { tso = on, rx = on, mtu = 1500 }";
    private static final int MOST = 65_535;

    private OffloadReader() {}

    /** The offloads of a function. */
    static Offloads read(Block function) {
        return function.find("offload")
                .flatMap(entry -> entry.block(OFFLOAD))
                .map(OffloadReader::offloads)
                .orElse(Offloads.NONE);
    }

    private static Offloads offloads(Block block) {
        boolean tso = block.get("tso", false, entry -> entry.isSwitch(false));
        boolean tx = block.get("tx", tso, entry -> entry.isSwitch(tso));
        boolean rx = block.get("rx", false, entry -> entry.isSwitch(false));
        boolean txVlan = block.get("txvlan", false, entry -> entry.isSwitch(false));
        boolean rxVlan = block.get("rxvlan", false, entry -> entry.isSwitch(false));
        int mtu = block.get(
                "mtu", Offloads.USUAL_MTU, entry -> entry.number(Offloads.LEAST_MTU, MOST, Offloads.USUAL_MTU));
        int mss = block.get("mss", 0, entry -> entry.number(Offloads.LEAST_MSS, MOST, 0));
        if (!tso) {
            block.ifPresent("mtu", entry -> entry.warn("means nothing without tso"));
            block.ifPresent("mss", entry -> entry.warn("means nothing without tso"));
        }
        block.done();
        return block.build(() -> new Offloads(tso, tx, rx, txVlan, rxVlan, mtu, mss))
                .orElse(Offloads.NONE);
    }

    /** Says so where a device has no such thing: macvlan's frames are segmented behind it, by the lower device. */
    static void check(Block nic, Device device, Iterable<Offloads> functions) {
        for (Offloads set : functions) {
            if (set.tso() && device.get(Choice.STATION_MODES)) {
                nic.wrong("found tso on " + device.name()
                        + ", expected none: its frames pass between devices unsegmented");
                return;
            }
        }
    }
}
