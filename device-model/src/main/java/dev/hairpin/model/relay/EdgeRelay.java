package dev.hairpin.model.relay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One direction of a NIC's edge relay. The ports are the stations, from 0, and behind them the uplink. The two directions
 * share what is registered and nothing else: an edge relay does not learn, so sending never waits for receiving.
 */
abstract class EdgeRelay extends Relay {
    /** The uplink's name among the ports. */
    static final String UPLINK = "uplink";

    private final List<String> ports;
    protected final Mode mode;
    protected final StationTable stations;

    /** The number of the uplink's port. */
    protected final int uplink;

    /** See {@link dev.hairpin.model.link.Stage} for {@code firstPort} and {@code outputs}. */
    EdgeRelay(String direction, Mode mode, StationTable stations, int[] firstPort, int outputs, long latencyNanos) {
        super(mode.word() + "." + direction, firstPort, outputs, latencyNanos);
        this.mode = mode;
        this.stations = stations;
        this.uplink = stations.size();
        List<String> names = new ArrayList<>(stations.names());
        names.add(UPLINK);
        this.ports = List.copyOf(names);
    }

    @Override
    public final List<String> ports() {
        return ports;
    }

    /** {@code ports} but for {@code port}. */
    static int[] without(int port, int[] ports) {
        int[] others = new int[ports.length];
        int count = 0;
        for (int other : ports) {
            if (other != port) {
                others[count++] = other;
            }
        }
        return Arrays.copyOf(others, count);
    }

    /** {@code ports} and behind them {@code port}. */
    static int[] and(int[] ports, int port) {
        int[] all = Arrays.copyOf(ports, ports.length + 1);
        all[ports.length] = port;
        return all;
    }

    /** The ports 0 to {@code count - 1}. */
    static int[] first(int count) {
        int[] ports = new int[count];
        for (int port = 0; port < count; port++) {
            ports[port] = port;
        }
        return ports;
    }
}
