package dev.hairpin.model.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hairpin.model.device.Device;
import dev.hairpin.model.device.Devices;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import dev.hairpin.model.relay.VlanSet;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.relay.VsiSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** NICs with a few functions, whose VLANs are managed: {@code vf0} has 02:00:00:00:00:01, and so on. */
final class Nics {
    static final VsiSettings SET = VsiSettings.DEFAULT.withVlans(VlanSet.NONE);

    private Nics() {}

    static NicSettings of(String device, int functions) {
        List<Vsi> vsis = new ArrayList<>();
        for (int function = 0; function < functions; function++) {
            vsis.add(new Vsi("vf" + function, List.of(station(function + 1)), List.of(), SET));
        }
        return NicSettings.of("nic0", Mode.VEB, vsis).on(device(device));
    }

    static Device device(String name) {
        return Devices.named(name).orElseThrow();
    }

    static long station(int number) {
        return 0x0200_0000_0000L + number;
    }

    static long group(int number) {
        return 0x0100_5e00_0000L + number;
    }

    /** The same with other settings of a function. */
    static NicSettings with(NicSettings nic, String function, UnaryOperator<VsiSettings> change) {
        return nic.with(function, vsi -> vsi.with(change.apply(vsi.settings())));
    }

    /** Where the administrator has assigned the address that the function has. */
    static NicSettings assigned(NicSettings nic, String function) {
        long mac = nic.vsi(function).addresses().get(0);
        return with(nic, function, set -> set.withRecord(set.record().withAssignedMac(mac)));
    }

    /** The function after a request that is granted; no other is otherwise than before. */
    static Vsi ask(NicSettings nic, String function, GuestRequest request) {
        NicSettings after = GuestDriver.ask(nic, function, request);
        assertThat(after.with(function, vsi -> nic.vsi(function))).isEqualTo(nic);
        return after.vsi(function);
    }

    static Refused refused(NicSettings nic, String function, GuestRequest request) {
        Refused refused = catchThrowableOfType(Refused.class, () -> GuestDriver.ask(nic, function, request));
        assertThat(refused).as("%s is granted", request).isNotNull();
        return refused;
    }
}
