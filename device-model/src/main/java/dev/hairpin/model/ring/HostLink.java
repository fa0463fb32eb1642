package dev.hairpin.model.ring;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.Server;
import java.util.Arrays;
import java.util.List;

/** PCI Express towards the host, which the copies for all functions share, first in first out. */
final class HostLink implements Passing {
    private final Pcie pcie;
    private final Server server;
    private final BurstBuilder[] out;

    HostLink(Pcie pcie, int functions) {
        this(pcie, pcie.server(pcie.buffer()), new BurstBuilder[functions]);
        Arrays.setAll(out, function -> new BurstBuilder(0));
    }

    private HostLink(Pcie pcie, Server server, BurstBuilder[] out) {
        this.pcie = pcie;
        this.server = server;
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
        return new HostLink(pcie, server.copy(), out);
    }

    @Override
    public Passed pass(Batch arrived, Admission admission) {
        Burst burst = arrived.burst();
        int[] dropped = new int[server.refuses() ? burst.size() : 0];
        int drops = 0;
        for (int row = 0; row < burst.size(); row++) {
            long time = burst.time(row);
            if (!server.takesNoTime()) {
                if (!admission.admits(row, server.hasPlace(time))) {
                    dropped[drops++] = row;
                    continue;
                }
                time = server.serve(time, pcie.towardsHost(burst.length(row)));
            }
            out[burst.port(row)].add(burst, row, time, 0);
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
    public Burst waiting() {
        return Burst.EMPTY;
    }

    @Override
    public List<long[]> state() {
        return List.of(server.state());
    }

    @Override
    public void restore(List<long[]> state) {
        server.restore(state.get(0));
    }

    @Override
    public void keep(Burst waiting) {
        if (waiting.size() > 0) {
            throw new IllegalArgumentException("nothing waits here");
        }
    }
}
