package dev.hairpin.model.wire;

import dev.hairpin.model.frame.Burst;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How wires are one uplink, in Linux's words for bonding. Which of them a frame takes depends on its header and on which of
 * them are up, so that the frames of a conversation follow each other on one wire.
 *
 * @param members in their order; where there is one, it is the uplink
 */
public record Bond(Mode mode, List<Member> members) {
    /** One wire. */
    public static final Bond NONE = new Bond(Mode.NONE, List.of(new Member("", true)));

    private static final int LAST_OCTET = 0xFF;

    /** How frames are spread. */
    public enum Mode {
        /** There is one wire. */
        NONE,
        /**
         * All frames take the first that is up ({@code bond_select_active_slave} with the first as primary, which is taken
         * again as soon as it is up: {@code primary_reselect always}).
         */
        ACTIVE_BACKUP,
        /**
         * A static aggregate: a hash chooses among those that are up ({@code balance-xor} with {@code xmit_hash_policy
         * layer2}; 802.1AX leaves the distribution to the implementation).
         */
        STATIC;

        /** As a topology file has it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** A wire. */
    public record Member(String name, boolean up) {}

    public Bond {
        members = List.copyOf(members);
        if (members.isEmpty() || (mode == Mode.NONE) != (members.size() == 1)) {
            throw new IllegalArgumentException(members.size() + " wires, bonded as " + mode);
        }
    }

    /** The member of that name, by number; throws when there is none. */
    public int number(String name) {
        return IntStream.range(0, members.size())
                .filter(member -> members.get(member).name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no wire " + name));
    }

    /** The same with a member up or down. */
    public Bond with(String name, boolean up) {
        return new Bond(
                mode,
                members.stream()
                        .map(member -> member.name().equals(name) ? new Member(name, up) : member)
                        .toList());
    }

    /** Whether a frame can be sent at all. */
    public boolean isUp() {
        return members.stream().anyMatch(Member::up);
    }

    /** Whether what comes by a member is taken in: of an active-backup bond by the active one only. */
    public boolean takes(int member) {
        return mode != Mode.ACTIVE_BACKUP || member == active();
    }

    private int active() {
        return IntStream.range(0, members.size()).filter(this::isUp).findFirst().orElse(0);
    }

    private boolean isUp(int member) {
        return members.get(member).up();
    }

    /** The member that a frame takes. Where none is up it is as if all were: what is under way then goes its way. */
    int member(Burst burst, int row) {
        return switch (mode) {
            case NONE -> 0;
            case ACTIVE_BACKUP -> active();
            case STATIC -> spread(layer2(burst, row));
        };
    }

    private int spread(int hash) {
        int up = (int) members.stream().filter(Member::up).count();
        int which = hash % (up == 0 ? members.size() : up);
        return IntStream.range(0, members.size())
                .filter(member -> up == 0 || isUp(member))
                .skip(which)
                .findFirst()
                .orElseThrow();
    }

    /** The last octets of both addresses and the packet type, exclusive or ({@code bond_eth_hash}, layer2 of bonding.rst). */
    static int layer2(Burst burst, int row) {
        int addresses = (int) (burst.destination(row) ^ burst.source(row)) & LAST_OCTET;
        return addresses ^ (burst.etherType(row) & 0xFFFF);
    }
}
