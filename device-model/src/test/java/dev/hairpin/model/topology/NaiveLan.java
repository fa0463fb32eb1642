package dev.hairpin.model.topology;

import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.testkit.Frame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The decision tables 5.1, 5.2 and 5.4 once more, as they read: one frame after the other with maps and lists, without
 * time but for ageing, sharing no logic with what it is held against.
 */
class NaiveLan {
    private final LanSettings lan;
    private final Map<Long, Seen> database = new HashMap<>();

    private record Seen(int port, long time) {}

    NaiveLan(LanSettings lan) {
        this.lan = lan;
        for (int i = 0; i < lan.known().size(); i++) {
            database.put(
                    lan.known().key()[i],
                    new Seen(lan.known().port()[i], lan.known().seen()[i]));
        }
    }

    /** Who receives a frame, and where copies of it are dropped and why; sorted. */
    List<String> fate(Frame frame) {
        List<String> fate = new ArrayList<>();
        int port = frame.port();
        int nic = 0;
        while (nic < lan.nics().size() && port >= vsis(nic).size()) {
            port -= vsis(nic++).size();
        }
        if (nic < lan.nics().size()) {
            fromStation(frame, nic, port, fate);
        } else {
            atBridge(frame, lan.nics().size() + port, fate);
        }
        Collections.sort(fate);
        return fate;
    }

    private List<Vsi> vsis(int nic) {
        return lan.nics().get(nic).settings().vsis();
    }

    private boolean isVepa(int nic) {
        return lan.nics().get(nic).settings().mode() == Mode.VEPA;
    }

    private String named(int nic, String name) {
        return lan.nics().size() == 1 ? name : "nic" + nic + "." + name;
    }

    private void fromStation(Frame frame, int nic, int from, List<String> fate) {
        String tx = named(nic, isVepa(nic) ? "vepa.tx" : "veb.tx");
        String invalid = invalid(frame);
        if (invalid != null) {
            fate.add(tx + " -:" + invalid);
            return;
        }
        if (reserved(frame.destination())) {
            fate.add(tx + " -:" + (pause(frame.destination()) ? "PAUSE_CONSUMED" : "RESERVED_GROUP"));
            return;
        }
        if (isVepa(nic)) {
            atBridge(frame, nic, fate);
            return;
        }
        if (group(frame.destination())) {
            for (int other = 0; other < vsis(nic).size(); other++) {
                if (other != from && accepts(vsis(nic).get(other), frame.destination())) {
                    fate.add(named(nic, "vf" + other));
                }
            }
            atBridge(frame, nic, fate);
            return;
        }
        int to = registered(nic, frame.destination());
        if (to < 0) {
            atBridge(frame, nic, fate);
        } else if (to == from) {
            fate.add(tx + " -:SELF_ADDRESSED");
        } else {
            fate.add(named(nic, "vf" + to));
        }
    }

    private void atBridge(Frame frame, int from, List<String> fate) {
        String invalid = invalid(frame);
        if (invalid != null) {
            fate.add("bridge -:" + invalid);
            return;
        }
        if (pause(frame.destination())) {
            fate.add("bridge -:PAUSE_CONSUMED");
            return;
        }
        database.put(frame.source(), new Seen(from, frame.time()));
        if (reserved(frame.destination())) {
            fate.add("bridge -:RESERVED_GROUP");
            return;
        }
        int known = group(frame.destination()) ? -1 : seen(frame.destination(), frame.time());
        boolean left = false;
        for (int port = 0; port < lan.nics().size() + lan.externalPorts(); port++) {
            boolean wanted = known < 0 || known == port;
            if (wanted && (port != from || reflects(port))) {
                left = true;
                if (port < lan.nics().size()) {
                    fromUplink(frame, port, fate);
                } else {
                    fate.add("ext" + (port - lan.nics().size()));
                }
            }
        }
        if (!left) {
            fate.add("bridge -:HAIRPIN_DISABLED");
        }
    }

    private int seen(long address, long now) {
        Seen seen = database.get(address);
        return seen == null || now - seen.time >= lan.bridge().settings().ageing() ? -1 : seen.port;
    }

    private void fromUplink(Frame frame, int nic, List<String> fate) {
        String rx = named(nic, isVepa(nic) ? "vepa.rx" : "veb.rx");
        int sender = isVepa(nic) ? registered(nic, frame.source()) : -1;
        List<Integer> accepting = new ArrayList<>();
        for (int vf = 0; vf < vsis(nic).size(); vf++) {
            if (accepts(vsis(nic).get(vf), frame.destination())) {
                accepting.add(vf);
            }
        }
        for (int vf : accepting) {
            String name = named(nic, "vf" + vf);
            fate.add(vf == sender && prunes() ? rx + " " + name + ":SOURCE_PRUNED" : name);
        }
        if (accepting.isEmpty()) {
            fate.add(rx + " -:" + (group(frame.destination()) ? "MC_NOT_SUBSCRIBED" : "NO_LOCAL_MATCH"));
        }
    }

    /** For a canary to say otherwise. */
    boolean prunes() {
        return true;
    }

    private boolean reflects(int port) {
        return lan.bridge().settings().ports().get(port).reflects();
    }

    private static boolean accepts(Vsi vsi, long destination) {
        if (destination == 0xFFFF_FFFF_FFFFL) {
            return true;
        }
        return group(destination)
                ? vsi.allGroups() || vsi.groups().contains(destination)
                : vsi.addresses().contains(destination);
    }

    private int registered(int nic, long address) {
        for (int vf = 0; vf < vsis(nic).size(); vf++) {
            if (vsis(nic).get(vf).addresses().contains(address)) {
                return vf;
            }
        }
        return -1;
    }

    private static @Nullable String invalid(Frame frame) {
        if (frame.length() < 14) {
            return "RUNT";
        }
        return frame.source() == 0 || group(frame.source()) ? "INVALID_SA" : null;
    }

    private static boolean group(long address) {
        return (address >> 40) % 2 == 1;
    }

    private static boolean reserved(long address) {
        return address / 16 == 0x0180_C200_000L;
    }

    private static boolean pause(long address) {
        return address == 0x0180_C200_0001L;
    }
}
