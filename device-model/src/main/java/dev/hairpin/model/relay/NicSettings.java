package dev.hairpin.model.relay;

import dev.hairpin.model.device.Choice;
import dev.hairpin.model.device.Device;
import dev.hairpin.model.device.Devices;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.privilege.Act;
import dev.hairpin.model.privilege.Caller;
import dev.hairpin.model.privilege.Denial;
import dev.hairpin.model.privilege.Holder;
import dev.hairpin.model.privilege.Privileges;
import dev.hairpin.model.privilege.Resource;
import dev.hairpin.model.ring.HostSide;
import dev.hairpin.model.wire.WireSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * All that is set in a NIC at one time: what its edge relay's decisions depend on, its rings, and who may change what.
 *
 * @param name of the NIC, {@code nic0}
 * @param device whose choices it follows
 * @param vsis its stations, by port
 * @param policy what is to be done otherwise
 * @param defaultStation the port that gets unicast from the uplink which nobody registered, or {@link #NOBODY}
 * @param uplinkUp whether the wire is up
 * @param privileges to whom its resources are left
 * @param host what lies between the edge relay and the guests, by port
 * @param wire how its wires are shared, held back and bonded
 */
public record NicSettings(
        String name,
        Device device,
        Mode mode,
        List<Vsi> vsis,
        Policy policy,
        int defaultStation,
        boolean uplinkUp,
        Privileges privileges,
        HostSide host,
        WireSettings wire) {
    /** In place of a station. */
    public static final int NOBODY = -1;

    /** Checked: what the device cannot have is refused, with a word that names the table that is full. */
    public NicSettings {
        vsis = List.copyOf(vsis);
        if (host.functions().size() != vsis.size()) {
            throw new IllegalArgumentException("rings of " + host.functions().size() + " functions for " + vsis.size());
        }
        SharedTables.check(device, vsis, policy, defaultStation);
        SharedTables.check(device, vsis.size(), wire.classes().count());
    }

    private static HostSide unlimited(List<Vsi> vsis) {
        return HostSide.of(vsis.size(), HostSide.Function.UNLIMITED);
    }

    /** With its resources left as usual, and nothing that takes time. */
    public NicSettings(
            String name,
            Device device,
            Mode mode,
            List<Vsi> vsis,
            Policy policy,
            int defaultStation,
            boolean uplinkUp) {
        this(
                name,
                device,
                mode,
                vsis,
                policy,
                defaultStation,
                uplinkUp,
                Privileges.USUAL,
                unlimited(vsis),
                WireSettings.PLAIN);
    }

    /** The standard's device, without a policy. */
    public static NicSettings of(String name, Mode mode, List<Vsi> vsis) {
        return new NicSettings(name, Devices.IEEE, mode, vsis, Policy.NONE, NOBODY, true);
    }

    /** The same with another device. */
    public NicSettings on(Device other) {
        return new NicSettings(name, other, mode, vsis, policy, defaultStation, uplinkUp, privileges, host, wire);
    }

    /** The same in another mode. */
    public NicSettings in(Mode other) {
        return new NicSettings(name, device, other, vsis, policy, defaultStation, uplinkUp, privileges, host, wire);
    }

    /** The same with other stations. */
    public NicSettings with(List<Vsi> others) {
        return new NicSettings(name, device, mode, others, policy, defaultStation, uplinkUp, privileges, host, wire);
    }

    /** The same under another policy. */
    public NicSettings under(Policy other) {
        return new NicSettings(name, device, mode, vsis, other, defaultStation, uplinkUp, privileges, host, wire);
    }

    /** The same with the wire up or down. */
    public NicSettings withUplinkUp(boolean up) {
        return new NicSettings(name, device, mode, vsis, policy, defaultStation, up, privileges, host, wire);
    }

    /** The same with its resources left otherwise. */
    public NicSettings leaving(Privileges others) {
        return new NicSettings(name, device, mode, vsis, policy, defaultStation, uplinkUp, others, host, wire);
    }

    /** The same with other rings. */
    public NicSettings with(HostSide other) {
        return new NicSettings(name, device, mode, vsis, policy, defaultStation, uplinkUp, privileges, other, wire);
    }

    /** The same with other wires. */
    public NicSettings with(WireSettings other) {
        return new NicSettings(name, device, mode, vsis, policy, defaultStation, uplinkUp, privileges, host, other);
    }

    /** Whether frames can leave by the wire, or come by it: it is up, and one of its members is. */
    public boolean hasLink() {
        return uplinkUp && wire.bond().isUp();
    }

    /** Whether a relay decides as under the others: rings, and what waits before a wire, are not its concern. */
    boolean decidesAs(NicSettings others) {
        return device.equals(others.device)
                && vsis.size() == others.vsis.size()
                && hasLink() == others.hasLink()
                && uplinkUp == others.uplinkUp
                && with(others.host).with(others.wire).equals(others);
    }

    /** The same, but for the rings of one station. */
    public NicSettings withRings(String station, UnaryOperator<HostSide.Function> change) {
        List<HostSide.Function> functions = new ArrayList<>(host.functions());
        int port = vsis.indexOf(vsi(station));
        functions.set(port, change.apply(functions.get(port)));
        return with(new HostSide(host.pcie(), host.rate(), functions));
    }

    /** The same, but for one station. */
    public NicSettings with(String station, UnaryOperator<Vsi> change) {
        return with(vsis.stream()
                .map(vsi -> vsi.name().equals(station) ? change.apply(vsi) : vsi)
                .toList());
    }

    /** The stations that share the PCI function of {@code station}, each with a queue pair; it is one of them. */
    public List<String> sharing(String station) {
        String function = function(vsi(station));
        return vsis.stream()
                .filter(vsi -> function(vsi).equals(function))
                .map(Vsi::name)
                .toList();
    }

    private static String function(Vsi vsi) {
        return vsi.settings().pairOf().isEmpty() ? vsi.name() : vsi.settings().pairOf();
    }

    /** The station of that name. */
    public Vsi vsi(String station) {
        return vsis.stream()
                .filter(vsi -> vsi.name().equals(station))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " has no station " + station));
    }

    /** Throws {@link Refused} when {@code caller} may not; {@code station} is empty for the NIC as a whole. */
    public void authorise(Caller caller, Act act, Resource resource, String station) {
        refuse(privileges.authorise(caller, act, resource, station));
    }

    /** Likewise, when it may not leave a resource to {@code next}. */
    public void authorise(Caller caller, Resource resource, Holder next) {
        refuse(privileges.authorise(caller, resource, next));
    }

    private static void refuse(Optional<Denial> denial) {
        if (denial.isPresent()) {
            throw new Refused(denial.get());
        }
    }

    /** The device's answer. */
    <T> T is(Choice<T> choice) {
        return device.get(choice);
    }
}
