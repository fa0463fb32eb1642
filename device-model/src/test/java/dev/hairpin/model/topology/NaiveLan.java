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
    private final boolean vepa;
    private final Map<Long, Seen> database = new HashMap<>();

    private record Seen(int port, long time) {}

    NaiveLan(LanSettings lan) {
        this.lan = lan;
        this.vepa = lan.mode() == Mode.VEPA;
        for (int i = 0; i < lan.known().size(); i++) {
            database.put(
                    lan.known().key()[i],
                    new Seen(lan.known().port()[i], lan.known().seen()[i]));
        }
    }

    /** Who receives a frame, and where copies of it are dropped and why; sorted. */
    List<String> fate(Frame frame) {
        List<String> fate = new ArrayList<>();
        int vfs = lan.vsis().size();
        if (frame.port() < vfs) {
            fromStation(frame, frame.port(), fate);
        } else {
            atBridge(frame, frame.port() - vfs + 1, fate);
        }
        Collections.sort(fate);
        return fate;
    }

    private void fromStation(Frame frame, int from, List<String> fate) {
        String tx = vepa ? "vepa.tx" : "veb.tx";
        String invalid = invalid(frame);
        if (invalid != null) {
            fate.add(tx + " -:" + invalid);
            return;
        }
        if (reserved(frame.destination())) {
            fate.add(tx + " -:" + (pause(frame.destination()) ? "PAUSE_CONSUMED" : "RESERVED_GROUP"));
            return;
        }
        if (vepa) {
            atBridge(frame, 0, fate);
            return;
        }
        if (group(frame.destination())) {
            for (int other = 0; other < lan.vsis().size(); other++) {
                if (other != from && accepts(other, frame.destination())) {
                    fate.add("vf" + other);
                }
            }
            atBridge(frame, 0, fate);
            return;
        }
        int to = registered(frame.destination());
        if (to < 0) {
            atBridge(frame, 0, fate);
        } else if (to == from) {
            fate.add(tx + " -:SELF_ADDRESSED");
        } else {
            fate.add("vf" + to);
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
        for (int port = 0; port <= lan.externalPorts(); port++) {
            boolean wanted = known < 0 || known == port;
            if (wanted && (port != from || reflects(port))) {
                left = true;
                if (port == 0) {
                    fromUplink(frame, fate);
                } else {
                    fate.add("ext" + (port - 1));
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

    private void fromUplink(Frame frame, List<String> fate) {
        String rx = vepa ? "vepa.rx" : "veb.rx";
        int sender = vepa ? registered(frame.source()) : -1;
        List<Integer> accepting = new ArrayList<>();
        for (int vf = 0; vf < lan.vsis().size(); vf++) {
            if (accepts(vf, frame.destination())) {
                accepting.add(vf);
            }
        }
        for (int vf : accepting) {
            fate.add(vf == sender && prunes() ? rx + " vf" + vf + ":SOURCE_PRUNED" : "vf" + vf);
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
        return port == 0 && lan.reflectiveRelay();
    }

    private boolean accepts(int vf, long destination) {
        Vsi vsi = lan.vsis().get(vf);
        if (destination == 0xFFFF_FFFF_FFFFL) {
            return true;
        }
        return group(destination)
                ? vsi.allGroups() || vsi.groups().contains(destination)
                : vsi.addresses().contains(destination);
    }

    private int registered(long address) {
        for (int vf = 0; vf < lan.vsis().size(); vf++) {
            if (lan.vsis().get(vf).addresses().contains(address)) {
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
