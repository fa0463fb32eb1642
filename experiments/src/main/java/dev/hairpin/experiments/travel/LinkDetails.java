package dev.hairpin.experiments.travel;

import dev.hairpin.experiments.pci.Lspci;
import dev.hairpin.model.device.Choice.Xcast;
import dev.hairpin.model.management.GuestDriver;
import dev.hairpin.model.relay.Vsi;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code ip -d link} adds to a device. Of a function that are its driver's limits, its queues and its place on PCI; what the
 * model has not is as Linux has it for a driver that says nothing of it.
 *
 * @param asked how much the device listens to, and how long its packets may be: stand before its kind
 * @param others stand behind it
 */
record LinkDetails(Map<String, Object> asked, Map<String, Object> others) {
    private static final int USUAL_LEAST = 68;
    private static final int USUAL_MOST = 65_535;

    /** By their names in JSON, as iproute2's text has them. */
    private static final Map<String, String> WORDS = Map.of(
            "inet6_addr_gen_mode", "addrgenmode",
            "num_tx_queues", "numtxqueues",
            "num_rx_queues", "numrxqueues");

    static LinkDetails of(StateAt state, Netdev device) {
        Xcast xcast = Xcast.MULTI;
        int least = USUAL_LEAST;
        int most = USUAL_MOST;
        int queues = 1;
        String slot = "";
        List<StateAt.Nic> nics = state.nics();
        for (int number = 0; number < nics.size(); number++) {
            StateAt.Nic nic = nics.get(number);
            GuestDriver driver = GuestDriver.of(nic.settings().device());
            boolean its = device.name().equals(nic.settings().name());
            String function = "";
            for (int port = 0; port < nic.settings().vsis().size(); port++) {
                Vsi vsi = nic.settings().vsis().get(port);
                if (device.name().equals(nic.prefix() + vsi.name())) {
                    its = true;
                    function = vsi.name();
                    xcast = vsi.settings().xcast();
                    queues = nic.settings().host().functions().get(port).queues();
                }
            }
            if (its) {
                least = driver.leastMtu();
                most = driver.mostMtu();
                slot = LspciShow.slot(nic.settings(), number, function);
            }
        }
        Map<String, Object> asked = new LinkedHashMap<>();
        boolean port = device.kind() == Netdev.Kind.BRIDGE_PORT;
        asked.put("promiscuity", port || xcast == Xcast.PROMISC ? 1 : 0);
        asked.put("allmulti", port || xcast == Xcast.ALLMULTI ? 1 : 0);
        asked.put("min_mtu", least);
        asked.put("max_mtu", most);
        return new LinkDetails(asked, others(queues, slot));
    }

    private static Map<String, Object> others(int queues, String slot) {
        Map<String, Object> others = new LinkedHashMap<>();
        others.put("inet6_addr_gen_mode", "eui64");
        others.put("num_tx_queues", queues);
        others.put("num_rx_queues", queues);
        others.put("gso_max_size", 65_536);
        others.put("gso_max_segs", 65_535);
        others.put("tso_max_size", 65_536);
        others.put("tso_max_segs", 65_535);
        others.put("gro_max_size", 65_536);
        if (!slot.isEmpty()) {
            others.put("parentbus", "pci");
            others.put("parentdev", Lspci.DOMAIN + slot);
        }
        return others;
    }

    /** As text has {@link #asked}: two spaces stand between its first two. */
    String askedText() {
        return " promiscuity " + asked.get("promiscuity") + "  allmulti " + asked.get("allmulti") + " minmtu "
                + asked.get("min_mtu") + " maxmtu " + asked.get("max_mtu") + " ";
    }

    /** As text has {@link #others}. */
    String othersText() {
        StringBuilder text = new StringBuilder();
        others.forEach((name, value) -> text.append(WORDS.getOrDefault(name, name))
                .append(' ')
                .append(value)
                .append(' '));
        return text.toString();
    }
}
