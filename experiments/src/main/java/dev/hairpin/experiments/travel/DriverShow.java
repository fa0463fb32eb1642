package dev.hairpin.experiments.travel;

import dev.hairpin.experiments.pci.Lspci;
import dev.hairpin.model.management.GuestDriver;
import dev.hairpin.model.relay.Vsi;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ethtool -i}: the driver that Linux has for a device, and where the device is on PCI, as {@code lspci} has it. There
 * are statistics and no version of any firmware.
 */
final class DriverShow {
    /** Of the kernel that facts are from; drivers in it have no version of their own. */
    private static final String VERSION = "6.18.10";

    private DriverShow() {}

    static Answer of(StateAt state, Netdev device) {
        String driver = device.kind() == Netdev.Kind.BRIDGE ? "bridge" : "";
        String bus = "";
        for (int number = 0; number < state.nics().size(); number++) {
            StateAt.Nic nic = state.nics().get(number);
            GuestDriver drivers = GuestDriver.of(nic.settings().device());
            if (device.name().equals(nic.settings().name())) {
                driver = drivers.word(true);
                bus = LspciShow.slot(nic.settings(), number, "");
            }
            for (Vsi vsi : nic.settings().vsis()) {
                if (device.name().equals(nic.prefix() + vsi.name())) {
                    driver = drivers.word(vsi.settings().physical());
                    bus = LspciShow.slot(nic.settings(), number, vsi.name());
                }
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add("driver: " + driver);
        lines.add("version: " + VERSION);
        lines.add("firmware-version: ");
        lines.add("expansion-rom-version: ");
        lines.add("bus-info: " + (bus.isEmpty() ? "" : Lspci.DOMAIN + bus));
        lines.add("supports-statistics: yes");
        lines.add("supports-test: no");
        lines.add("supports-eeprom-access: no");
        lines.add("supports-register-dump: no");
        lines.add("supports-priv-flags: no");
        return new Answer(lines, List.of());
    }
}
