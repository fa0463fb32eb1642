package dev.hairpin.experiments.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.IntHashSet;
import org.agrona.collections.LongHashSet;

/** What a survey gathers of one station. */
final class StationTally {
    /** Groups kept of each station, far more than hosts join. */
    static final int MOST_GROUPS = 1 << 12;

    private static final int MARKS = Mark.values().length;
    private static final long[] NO_MARKS = new long[MARKS];

    final long address;
    long frames;
    long octets;

    /** The port by which it was first heard, where interfaces name ports. */
    int port = PortName.NONE;

    /** Whether it was heard by another port too. */
    boolean elsewhere;

    final AddressList sources4 = new AddressList();
    final AddressList sources6 = new AddressList();

    /** Addresses it claimed in ARP or neighbour discovery. */
    final AddressList claimed4 = new AddressList();

    final AddressList claimed6 = new AddressList();
    /** The outermost tags of its frames, without priority; that of untagged ones is zero. */
    final IntHashSet tags = new IntHashSet(2);

    final LongHashSet groups = new LongHashSet();
    boolean moreGroups;
    private long[] marks = NO_MARKS;

    StationTally(long address) {
        this.address = address;
    }

    void mark(Mark mark) {
        if (marks == NO_MARKS) {
            marks = new long[MARKS];
        }
        marks[mark.ordinal()]++;
    }

    /** It listens to an Ethernet group. */
    void joins(long group) {
        if (groups.size() < MOST_GROUPS) {
            groups.add(group);
        } else if (!groups.contains(group)) {
            moreGroups = true;
        }
    }

    void sends6From(long high, long low) {
        sources6.add(high, low);
        joins(Ip.solicited(low));
    }

    /** What it looks like, with the evidence. */
    Station told(OnLink onLink) {
        Looks looks = Looks.HOST;
        List<String> evidence = new ArrayList<>();
        String virtual = Mark.ofAddress(address);
        if (!virtual.isEmpty()) {
            looks = Looks.GATEWAY;
            evidence.add(virtual);
        }
        for (Mark mark : Mark.values()) {
            if (marks[mark.ordinal()] > 0) {
                looks = mark.looks().compareTo(looks) > 0 ? mark.looks() : looks;
                evidence.add(mark.evidence(marks[mark.ordinal()]));
            }
        }
        for (String behind : onLink.behind(this)) {
            looks = looks == Looks.HOST ? Looks.GATEWAY : looks;
            evidence.add(behind);
        }
        long[] joined = new long[groups.size()];
        int size = 0;
        LongHashSet.LongIterator each = groups.iterator();
        while (each.hasNext()) {
            joined[size++] = each.nextValue();
        }
        Arrays.sort(joined);
        return new Station(
                address,
                frames,
                octets,
                looks,
                List.copyOf(evidence),
                formatted(sources4, false),
                formatted(sources6, true),
                sources4.more() || sources6.more(),
                Arrays.stream(joined).boxed().toList(),
                moreGroups,
                tags.stream().sorted().toList());
    }

    private static List<String> formatted(AddressList addresses, boolean six) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            texts.add(six ? Ip.format6(addresses.high(i), addresses.low(i)) : Ip.format4(addresses.low(i)));
        }
        return List.copyOf(texts);
    }
}
