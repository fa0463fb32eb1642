package dev.hairpin.experiments.placement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which stations are at which port: the functions of each NIC, and the ports of the bridge for stations outside. Source
 * ports are numbered in this order.
 *
 * @param nics for each its functions
 * @param outside by port of the bridge
 */
public record Seats(List<List<Seat>> nics, List<Seat> outside) {
    public Seats {
        nics = nics.stream().map(List::copyOf).toList();
        outside = List.copyOf(outside);
    }

    /**
     * A port.
     *
     * @param port its name in the run
     * @param addresses of the stations there
     */
    public record Seat(String port, List<Long> addresses) {
        public Seat {
            addresses = List.copyOf(addresses);
        }
    }

    /** The functions of all NICs. */
    List<Seat> functions() {
        return nics.stream().flatMap(List::stream).toList();
    }

    /** All ports, by number. */
    List<Seat> all() {
        List<Seat> all = new ArrayList<>(functions());
        all.addAll(outside);
        return all;
    }

    /** The number of the port of that name, or {@link PortName#NONE}. */
    int number(String port) {
        return all().stream().map(Seat::port).toList().indexOf(port);
    }

    /** The same with other ports outside. */
    Seats with(List<Seat> others) {
        return new Seats(nics, others);
    }

    /** The same with one more port outside, named {@code extN}. */
    Seats withOneMore(List<Long> addresses) {
        List<Seat> more = new ArrayList<>(outside);
        more.add(new Seat(freeName(), addresses));
        return with(more);
    }

    private String freeName() {
        Set<String> taken = new HashSet<>();
        all().forEach(seat -> taken.add(seat.port));
        int k = outside.size();
        while (taken.contains("ext" + k)) {
            k++;
        }
        return "ext" + k;
    }
}
