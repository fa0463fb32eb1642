package dev.hairpin.model.relay;

import dev.hairpin.model.device.Choice.Xcast;
import dev.hairpin.model.frame.Mac;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is set for a VSI, by its administrator or by its guest. Made from {@link #DEFAULT} by the {@code with} methods.
 *
 * @param up whether its link is up
 * @param associated whether a VSI is associated there
 * @param txEnabled whether its transmit queues are
 * @param rxEnabled whether its receive queues are
 * @param portVlan VLAN that its untagged frames are put in and whose tag it never sees, 1 to 4094, or 0 for none
 * @param portPriority of frames put in the port VLAN, 0 to 7
 * @param vlans that it is in with tagged frames; without meaning where a port VLAN is set
 * @param untagged whether it may send and gets untagged frames; without meaning where a port VLAN is set
 * @param spoofMac whether a source address that is not registered for it is dropped
 * @param spoofVlan whether a tag of a VLAN that it is not in is dropped
 * @param spoofEtherType whether it may send neither LLDP nor MAC Control
 * @param broadcast whether it gets broadcast
 * @param xcast what it asks to listen to
 * @param trusted whether it may listen to more
 * @param loopback whether it gets back what it sends to itself, where the device leaves that to it
 * @param longestFrame it receives, octets without FCS
 * @param physical whether it is the physical function
 * @param mode where the device has a mode for each station
 * @param sources addresses whose frames it gets in mode source
 * @param consumes in mode source, whether nobody else gets these (macvlan's flag nodst)
 * @param storm how much of what it sends to many passes
 * @param record what its drivers remember of it
 * @param trouble what is wrong with its function
 * @param pairOf the station whose PCI function it has but a queue pair of, or empty where it has a function of its own
 */
public record VsiSettings(
        boolean up,
        boolean associated,
        boolean txEnabled,
        boolean rxEnabled,
        int portVlan,
        int portPriority,
        VlanSet vlans,
        boolean untagged,
        boolean spoofMac,
        boolean spoofVlan,
        boolean spoofEtherType,
        boolean broadcast,
        Xcast xcast,
        boolean trusted,
        boolean loopback,
        int longestFrame,
        boolean physical,
        StationMode mode,
        List<Long> sources,
        boolean consumes,
        StormControl storm,
        FunctionRecord record,
        Trouble trouble,
        String pairOf) {
    /** Nothing set: up, no VLANs managed, nothing checked, and it listens to the groups that it joined. */
    public static final VsiSettings DEFAULT = new VsiSettings(
            true,
            true,
            true,
            true,
            0,
            0,
            VlanSet.ANY,
            true,
            false,
            false,
            false,
            true,
            Xcast.MULTI,
            false,
            false,
            Integer.MAX_VALUE,
            false,
            StationMode.AS_RELAY,
            List.of(),
            false,
            StormControl.OFF,
            FunctionRecord.NONE,
            Trouble.NONE,
            "");

    public VsiSettings {
        sources = List.copyOf(sources);
        if (portVlan < 0 || portVlan > 4094) {
            throw new IllegalArgumentException("found port VLAN " + portVlan + ", expected 1 to 4094, or 0 for none");
        }
        if (portPriority < 0 || portPriority > 7) {
            throw new IllegalArgumentException("found priority " + portPriority + ", expected 0 to 7");
        }
        for (long source : sources) {
            if (!Mac.isStation(source)) {
                throw new IllegalArgumentException(Mac.format(source) + " is no station's address");
            }
        }
    }

    public VsiSettings withUp(boolean value) {
        return changed(draft -> draft.up = value);
    }

    public VsiSettings withAssociated(boolean value) {
        return changed(draft -> draft.associated = value);
    }

    public VsiSettings withTxEnabled(boolean value) {
        return changed(draft -> draft.txEnabled = value);
    }

    public VsiSettings withRxEnabled(boolean value) {
        return changed(draft -> draft.rxEnabled = value);
    }

    public VsiSettings withPortVlan(int value) {
        return changed(draft -> draft.portVlan = value);
    }

    public VsiSettings withPortPriority(int value) {
        return changed(draft -> draft.portPriority = value);
    }

    public VsiSettings withVlans(VlanSet value) {
        return changed(draft -> draft.vlans = value);
    }

    public VsiSettings withUntagged(boolean value) {
        return changed(draft -> draft.untagged = value);
    }

    public VsiSettings withSpoofMac(boolean value) {
        return changed(draft -> draft.spoofMac = value);
    }

    public VsiSettings withSpoofVlan(boolean value) {
        return changed(draft -> draft.spoofVlan = value);
    }

    public VsiSettings withSpoofEtherType(boolean value) {
        return changed(draft -> draft.spoofEtherType = value);
    }

    public VsiSettings withBroadcast(boolean value) {
        return changed(draft -> draft.broadcast = value);
    }

    public VsiSettings withXcast(Xcast value) {
        return changed(draft -> draft.xcast = value);
    }

    public VsiSettings withTrusted(boolean value) {
        return changed(draft -> draft.trusted = value);
    }

    public VsiSettings withLoopback(boolean value) {
        return changed(draft -> draft.loopback = value);
    }

    public VsiSettings withLongestFrame(int value) {
        return changed(draft -> draft.longestFrame = value);
    }

    public VsiSettings withPhysical(boolean value) {
        return changed(draft -> draft.physical = value);
    }

    public VsiSettings withMode(StationMode value) {
        return changed(draft -> draft.mode = value);
    }

    public VsiSettings withSources(List<Long> value) {
        return changed(draft -> draft.sources = value);
    }

    public VsiSettings withConsumes(boolean value) {
        return changed(draft -> draft.consumes = value);
    }

    public VsiSettings withStorm(StormControl value) {
        return changed(draft -> draft.storm = value);
    }

    public VsiSettings withRecord(FunctionRecord value) {
        return changed(draft -> draft.record = value);
    }

    public VsiSettings withPairOf(String value) {
        return changed(draft -> draft.pairOf = value);
    }

    public VsiSettings withTrouble(Trouble value) {
        return changed(draft -> draft.trouble = value);
    }

    private VsiSettings changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** Settings on the way to others. */
    private static final class Draft {
        private boolean up;
        private boolean associated;
        private boolean txEnabled;
        private boolean rxEnabled;
        private int portVlan;
        private int portPriority;
        private VlanSet vlans;
        private boolean untagged;
        private boolean spoofMac;
        private boolean spoofVlan;
        private boolean spoofEtherType;
        private boolean broadcast;
        private Xcast xcast;
        private boolean trusted;
        private boolean loopback;
        private int longestFrame;
        private boolean physical;
        private StationMode mode;
        private List<Long> sources;
        private boolean consumes;
        private StormControl storm;
        private FunctionRecord record;
        private Trouble trouble;
        private String pairOf;

        Draft(VsiSettings from) {
            up = from.up;
            associated = from.associated;
            txEnabled = from.txEnabled;
            rxEnabled = from.rxEnabled;
            portVlan = from.portVlan;
            portPriority = from.portPriority;
            vlans = from.vlans;
            untagged = from.untagged;
            spoofMac = from.spoofMac;
            spoofVlan = from.spoofVlan;
            spoofEtherType = from.spoofEtherType;
            broadcast = from.broadcast;
            xcast = from.xcast;
            trusted = from.trusted;
            loopback = from.loopback;
            longestFrame = from.longestFrame;
            physical = from.physical;
            mode = from.mode;
            sources = from.sources;
            consumes = from.consumes;
            storm = from.storm;
            record = from.record;
            trouble = from.trouble;
            pairOf = from.pairOf;
        }

        VsiSettings settings() {
            return new VsiSettings(
                    up,
                    associated,
                    txEnabled,
                    rxEnabled,
                    portVlan,
                    portPriority,
                    vlans,
                    untagged,
                    spoofMac,
                    spoofVlan,
                    spoofEtherType,
                    broadcast,
                    xcast,
                    trusted,
                    loopback,
                    longestFrame,
                    physical,
                    mode,
                    sources,
                    consumes,
                    storm,
                    record,
                    trouble,
                    pairOf);
        }
    }
}
