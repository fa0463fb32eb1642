package dev.hairpin.experiments.topology;

import dev.hairpin.experiments.topology.Driver.Operation;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.management.GuestDriver;
import dev.hairpin.model.privilege.Act;
import dev.hairpin.model.privilege.Caller;
import dev.hairpin.model.privilege.Resource;
import dev.hairpin.model.relay.FunctionRecord;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.relay.VsiSettings;
import dev.hairpin.model.ring.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** {@code ip link set [dev] NIC [up|down] [vf N ...]}. Arguments take effect from left to right, all or none. */
final class LinkCommand {
    private static final String OPTIONS = "up, down or vf";
    private static final String VF_OPTIONS = "mac, vlan, max_tx_rate, min_tx_rate, rate, spoofchk, trust or state";
    private static final List<String> VF_WORDS =
            List.of("mac", "vlan", "max_tx_rate", "min_tx_rate", "rate", "spoofchk", "trust", "state");
    private static final List<String> STATES = List.of("auto", "enable", "disable");

    private final Words words;
    private final NicSettings nic;
    private final Caller caller;
    private UnaryOperator<NicSettings> effect = before -> before;

    private LinkCommand(Words words, NicSettings nic, Caller caller) {
        this.words = words;
        this.nic = nic;
        this.caller = caller;
    }

    /** Reads on behind the NIC's name. */
    static Change read(Words words, NicSettings nic, Caller caller) throws ChangeInvalid {
        LinkCommand command = new LinkCommand(words, nic, caller);
        command.options();
        return new Change.AtNic(nic.name(), command.effect);
    }

    private void options() throws ChangeInvalid {
        boolean vf = false;
        do {
            String option =
                    words.take(vf ? both() : List.of("up", "down", "vf"), vf ? VF_OPTIONS + ", " + OPTIONS : OPTIONS);
            switch (option) {
                case "up" -> then(before -> uplink(before, true));
                case "down" -> then(before -> uplink(before, false));
                case "vf" -> {
                    function();
                    vf = true;
                }
                default -> throw new IllegalStateException(option);
            }
        } while (!words.atEnd());
    }

    private static List<String> both() {
        List<String> all = new ArrayList<>(VF_WORDS);
        all.addAll(List.of("up", "down", "vf"));
        return all;
    }

    private void then(UnaryOperator<NicSettings> next) {
        UnaryOperator<NicSettings> first = effect;
        effect = before -> next.apply(first.apply(before));
    }

    private NicSettings uplink(NicSettings before, boolean up) {
        before.authorise(caller, Act.ADMINISTER, Resource.LINK, "");
        return before.withUplinkUp(up);
    }

    private void function() throws ChangeInvalid {
        String expected = "the number of a VF of " + nic.name();
        List<String> numbers = nic.vsis().stream()
                .map(Vsi::name)
                .filter(name -> name.matches("vf(0|[1-9][0-9]{0,8})"))
                .map(name -> name.substring(2))
                .toList();
        if (!numbers.contains(words.peek())) {
            throw words.wrong(expected + ": " + String.join(", ", numbers));
        }
        String name = "vf" + words.take(expected);
        do {
            String option = words.take(VF_WORDS, VF_OPTIONS);
            switch (option) {
                case "mac" -> mac(name);
                case "vlan" -> vlan(name);
                case "max_tx_rate", "rate" -> rate(name, true);
                case "min_tx_rate" -> rate(name, false);
                case "spoofchk" -> {
                    boolean on = words.takeSwitch();
                    vf(
                            name,
                            Operation.SPOOFCHK,
                            (driver, settings) -> settings.withSpoofMac(on).withSpoofVlan(on));
                }
                case "trust" -> {
                    boolean on = words.takeSwitch();
                    vf(name, Operation.TRUST, (driver, settings) -> settings.withTrusted(on));
                }
                default -> state(name);
            }
        } while (VF_WORDS.contains(words.peek()));
    }

    private void mac(String name) throws ChangeInvalid {
        long mac = words.takeMac();
        then(before -> {
            before.authorise(caller, Act.ADMINISTER, Resource.MAC, name);
            Driver.of(before.device()).require(Operation.MAC);
            if (mac != 0 && !Mac.isStation(mac)) {
                throw new Refused(Mac.format(mac) + " is no station's address (EINVAL)");
            }
            return before.with(name, vsi -> {
                List<Long> addresses = new ArrayList<>(vsi.addresses());
                if (!addresses.isEmpty()) {
                    addresses.remove(0);
                }
                if (mac != 0) {
                    addresses.remove(Long.valueOf(mac));
                    addresses.add(0, mac);
                }
                FunctionRecord record = vsi.settings().record().withAssignedMac(mac);
                return vsi.withAddresses(addresses).with(vsi.settings().withRecord(record));
            });
        });
    }

    private void vlan(String name) throws ChangeInvalid {
        int vid = words.takeNumber("a VLAN from 0 to 4095");
        int qos = words.took("qos") ? words.takeNumber("a priority from 0 to 7") : 0;
        String proto = words.took("proto")
                ? words.take(List.of("802.1Q", "802.1q", "802.1ad", "802.1AD"), "802.1Q or 802.1ad")
                : "802.1Q";
        vf(name, Operation.VLAN, (driver, settings) -> {
            if (vid > 4095) {
                throw new Refused("VLAN " + vid + " is none, expected 0 to 4095 (EINVAL)");
            }
            if (qos > 7) {
                throw new Refused("priority " + qos + " is none, expected 0 to 7 (EINVAL)");
            }
            if (!proto.equalsIgnoreCase("802.1Q")) {
                throw new Refused("a port VLAN of " + proto + ", expected 802.1Q (EPROTONOSUPPORT)");
            }
            if (vid == 4095) {
                throw new Refused("VLAN 4095 is reserved (802.1Q-2022 table 9-2) and no relay here has it");
            }
            if (vid == 0 && qos > 0) {
                throw new Refused("a priority without a port VLAN, which no relay here has");
            }
            return settings.withPortVlan(vid).withPortPriority(qos);
        });
    }

    /** Of the two rates the other stays, as iproute2 has it, which asks for what there is first. */
    private void rate(String name, boolean most) throws ChangeInvalid {
        int megabits = words.takeNumber("a rate in Mb/s, 0 for none");
        then(before -> {
            Driver driver = Driver.of(before.device());
            before.authorise(caller, Act.ADMINISTER, Resource.BANDWIDTH, "");
            driver.require(Operation.RATE);
            return before.withRings(name, rings -> {
                Share now = rings.sends();
                int least = most ? (int) (now.minRate() / Driver.MEGABIT) : megabits;
                int greatest = most
                        ? megabits
                        : now.maxRate() == Server.UNLIMITED ? 0 : (int) (now.maxRate() / Driver.MEGABIT);
                long maxRate = driver.limit(least, greatest, before.uplinkUp());
                return rings.with(new Share(now.ring(), now.weight(), now.priority(), least * Driver.MEGABIT, maxRate));
            });
        });
    }

    private void state(String name) throws ChangeInvalid {
        String state = words.take(STATES, "auto, enable or disable");
        vf(
                name,
                Operation.STATE,
                (driver, settings) -> state.equals("enable") && driver.leavesEnable()
                        ? settings
                        : settings.withUp(!state.equals("disable")));
    }

    private void vf(String name, Operation operation, BiFunction<Driver, VsiSettings, VsiSettings> change) {
        then(before -> {
            Driver driver = Driver.of(before.device());
            operation.resources().forEach(resource -> before.authorise(caller, Act.ADMINISTER, resource, name));
            driver.require(operation);
            NicSettings after = before.with(name, vsi -> vsi.with(change.apply(driver, vsi.settings())));
            return driver.resets(operation) && !after.equals(before)
                    ? GuestDriver.renegotiated(after, name, false)
                    : after;
        });
    }
}
