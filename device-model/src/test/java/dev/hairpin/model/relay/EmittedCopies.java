package dev.hairpin.model.relay;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.TagChange;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.link.Batch;
import java.util.ArrayList;
import java.util.List;

/** What leaves a relay, an edge relay or a bridge, held against what it decided. Its latency is 3 ns. */
public final class EmittedCopies {
    private final Relay relay;
    private final boolean sending;
    private final int stations;

    /** Of a bridge. */
    public EmittedCopies(Relay bridge) {
        this(bridge, false, 0);
    }

    EmittedCopies(Relay relay, boolean sending, int stations) {
        this.relay = relay;
        this.sending = sending;
        this.stations = stations;
    }

    private record Copy(long number, long time, int port, int tag, int length) {}

    public void check(Batch arrived, Decided event) {
        List<List<Copy>> expected = new ArrayList<>();
        for (int output = 0; output < relay.outputs(); output++) {
            expected.add(new ArrayList<>());
        }
        Burst burst = arrived.burst();
        int next = 0;
        for (int row = 0; row < burst.size(); row++) {
            int port = burst.port(row);
            if (!sending && port < stations) {
                expected.get(0)
                        .add(new Copy(burst.number(row), burst.time(row) + 3, port, burst.tag(row), burst.length(row)));
                continue;
            }
            Outcome outcome = relay.outcomes().get(event.outcome(next++));
            for (int copy = 0; copy < outcome.copies(); copy++) {
                int to = outcome.egress(copy);
                boolean up = to == stations;
                boolean edge = relay instanceof EdgeRelay;
                int output = sending ? (up ? EdgeRelayTx.UPLINK_OUTPUT : EdgeRelayTx.LOOPBACK_OUTPUT) : edge ? 0 : to;
                expected.get(output).add(copy(burst, row, outcome.change(copy), edge && !(sending && up) ? to : 0));
            }
        }
        Batch[] out = relay.emitted(event, arrived);
        for (int output = 0; output < out.length; output++) {
            List<Copy> left = copies(out[output].burst());
            if (!agree(left, expected.get(output))) {
                throw new AssertionError("output " + output + " gave " + left + ", expected " + expected.get(output));
            }
        }
    }

    /** A tag of -1 stands for any: what a tag was taken off of shows what is below. */
    private static Copy copy(Burst burst, int row, long change, int port) {
        int kind = (int) (change >>> 32);
        int tag = kind == 0 ? burst.tag(row) : change == TagChange.POP ? -1 : (int) change;
        int longer = kind == 2 ? 4 : change == TagChange.POP ? -4 : 0;
        return new Copy(burst.number(row), burst.time(row) + 3, port, tag, burst.length(row) + longer);
    }

    private static boolean agree(List<Copy> left, List<Copy> expected) {
        if (left.size() != expected.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            Copy one = left.get(i);
            Copy other = expected.get(i);
            boolean same = one.equals(other)
                    || (other.tag == -1
                            && one.equals(new Copy(other.number, other.time, other.port, one.tag, other.length)));
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static List<Copy> copies(Burst burst) {
        List<Copy> copies = new ArrayList<>();
        for (int row = 0; row < burst.size(); row++) {
            int tag = burst.tag(row);
            copies.add(new Copy(
                    burst.number(row),
                    burst.time(row),
                    burst.port(row),
                    tag == 0 ? VlanTag.NONE : tag,
                    burst.length(row)));
        }
        return copies;
    }
}
