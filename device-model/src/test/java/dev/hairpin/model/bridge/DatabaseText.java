package dev.hairpin.model.bridge;

import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.frame.Mac;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the databases of a bridge hold at a time, in the words and the layout of {@code bridge fdb show} and {@code bridge mdb
 * show}. Of rows as a snapshot has them; what has aged by then is left out.
 */
final class DatabaseText {
    private static final long ADDRESS = 0xFFFF_FFFF_FFFFL;

    private final String name;
    private final BridgeSettings settings;
    private final Learned rows;
    private final long now;

    /**
     * @param name of the bridge
     * @param settings that hold at that time
     * @param rows of its snapshot then
     * @param now the time, in nanoseconds
     */
    DatabaseText(String name, BridgeSettings settings, Learned rows, long now) {
        this.name = name;
        this.settings = settings;
        this.rows = rows;
        this.now = now;
    }

    /** The filtering database, a line for each entry, by VLAN and address. */
    String stations() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows.size(); row++) {
            EntryKind kind = EntryKind.of(rows.kind()[row]);
            boolean aged = kind.ages() && now - rows.seen()[row] >= settings.ageing();
            if (Mac.isGroup(rows.key()[row]) || kind == EntryKind.REMOVED || aged) {
                continue;
            }
            int vid = (int) (rows.key()[row] >>> 48);
            text.append(Mac.format(rows.key()[row] & ADDRESS))
                    .append(" dev ")
                    .append(port(rows.port()[row]))
                    .append(vid == 0 ? "" : " vlan " + vid)
                    .append(flags(kind))
                    .append(" master ")
                    .append(name)
                    .append(state(kind))
                    .append('\n');
        }
        return text.toString();
    }

    private static String flags(EntryKind kind) {
        return kind == EntryKind.STICKY ? " sticky" : kind == EntryKind.LOCKED ? " locked" : "";
    }

    private static String state(EntryKind kind) {
        return switch (kind) {
            case LOCAL -> " permanent";
            case STATIC, STICKY -> " static";
            default -> "";
        };
    }

    /** The multicast database, a line for each port that listens to a group, and one for the ports to routers. */
    String groups() {
        Set<String> lines = new TreeSet<>();
        Set<String> routers = new TreeSet<>();
        for (int row = 0; row < rows.size(); row++) {
            EntryKind kind = EntryKind.of(rows.kind()[row]);
            boolean holds = rows.seen()[row] > now;
            if (kind == EntryKind.GROUP && holds) {
                int vid = (int) (rows.key()[row] >>> 48);
                lines.add(group(rows.key()[row] & ADDRESS, rows.port()[row], "temp", vid));
            } else if (kind == EntryKind.ROUTER && holds) {
                routers.add(port(rows.port()[row]));
            }
        }
        for (MdbEntry entry : settings.groups()) {
            lines.add(group(entry.group(), entry.port(), "permanent", settings.filteringIdByHand(entry.vid())));
        }
        for (BridgePort port : settings.ports()) {
            if (port.router() == RouterPort.ALWAYS) {
                routers.add(port.name());
            }
        }
        String text = String.join("", lines);
        return routers.isEmpty() ? text : text + "router ports on " + name + ": " + String.join(" ", routers) + "\n";
    }

    private String group(long group, int port, String state, int vid) {
        return "dev " + name + " port " + port(port) + " grp " + Mac.format(group) + " " + state
                + (vid == 0 ? "" : " vid " + vid) + "\n";
    }

    private String port(int number) {
        return number == FdbEntry.BRIDGE ? name : settings.names().get(number);
    }
}
