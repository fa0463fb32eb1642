package dev.hairpin.model.ring;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.Passing;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.link.Steps;
import dev.hairpin.model.offload.Offloads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PCI Express towards the host, which the copies for all functions share, first in first out. Here the device chooses the ring
 * of the function that each copy goes to, and leaves it as the copy's port.
 */
final class HostLink implements Passing {
    private final Charges charges;
    private final List<Offloads> offloads;
    private final Server server;
    private final Steps<Steering> steps;
    private final BurstBuilder[] out;

    /** @param steps that change the choice among receive rings, but not the slot */
    HostLink(Steps<HostSide> steps) {
        this(
                new Charges(steps.now().pcie()::towardsHost),
                steps.now().functions().stream()
                        .map(HostSide.Function::offloads)
                        .toList(),
                steps.now().pcie().server(steps.now().pcie().buffer()),
                steps.of(HostSide::functions).of(Steering::new),
                new BurstBuilder[steps.now().functions().size()]);
        Arrays.setAll(out, function -> new BurstBuilder(0));
    }

    private HostLink(
            Charges charges, List<Offloads> offloads, Server server, Steps<Steering> steps, BurstBuilder[] out) {
        this.charges = charges;
        this.offloads = offloads;
        this.server = server;
        this.steps = steps;
        this.out = out;
    }

    @Override
    public boolean loses() {
        return server.refuses();
    }

    @Override
    public boolean mayLose(Batch arrived) {
        return !server.hasPlaces(arrived.burst().size(), arrived.burst().time(0));
    }

    @Override
    public Passing copy() {
        return new HostLink(charges, offloads, server.copy(), steps.copy(), out);
    }

    @Override
    public Passed pass(Batch arrived, Admission admission) {
        Burst burst = arrived.burst();
        int[] dropped = new int[server.refuses() ? burst.size() : 0];
        int drops = 0;
        Steering steering = steps.now();
        for (int row = 0; row < burst.size(); row++) {
            long time = burst.time(row);
            if (steps.reach(time)) {
                steering = steps.now();
            }
            if (!server.takesNoTime()) {
                if (!admission.admits(row, server.hasPlace(time))) {
                    dropped[drops++] = row;
                    continue;
                }
                int spared = offloads.get(burst.port(row)).sparedReceiving(burst.tag(row));
                time = server.serve(time, charges.of(burst.length(row) - spared));
            }
            int function = burst.port(row);
            out[function].add(burst, row, time, steering.ring(burst, row, function));
        }
        Burst[] bursts = new Burst[out.length];
        for (int function = 0; function < bursts.length; function++) {
            bursts[function] = out[function].build();
        }
        return new Passed(bursts, dropped, drops);
    }

    @Override
    public long earliest() {
        return server.earliest();
    }

    @Override
    public List<long[]> state() {
        List<long[]> state = new ArrayList<>(List.of(server.state()));
        state.addAll(steps.state());
        return state;
    }

    @Override
    public void restore(List<long[]> state) {
        server.restore(state.get(0));
        steps.restore(state.subList(1, state.size()));
    }

    /** Chooses rings. Copies of a frame follow each other, and functions that are set alike need one hash for all of them. */
    private static final class Steering {
        /** By function; absent where there is one ring. Those set alike have the same. */
        private final @Nullable Rss[] rss;

        Steering(List<HostSide.Function> functions) {
            Map<Rss.Settings, Rss> alike = new HashMap<>();
            rss = new Rss[functions.size()];
            for (int function = 0; function < rss.length; function++) {
                HostSide.Function set = functions.get(function);
                rss[function] = set.queues() == 1 ? null : alike.computeIfAbsent(set.rss(), Rss::new);
            }
        }

        private @Nullable Rss last;
        private long lastNumber;
        private long lastRetagging;
        private int lastRing;

        int ring(Burst burst, int row, int function) {
            Rss its = rss[function];
            if (its == null) {
                return 0;
            }
            long number = burst.number(row);
            long retagging = burst.retagging(row);
            if (!its.equals(last) || number != lastNumber || retagging != lastRetagging) {
                last = its;
                lastNumber = number;
                lastRetagging = retagging;
                lastRing = its.ring(burst, row);
            }
            return lastRing;
        }
    }
}
