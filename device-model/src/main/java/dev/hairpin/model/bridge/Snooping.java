package dev.hairpin.model.bridge;

/**
 * How a bridge listens to IGMP and MLD (RFC 4541). Times are nanoseconds.
 *
 * @param on whether it does
 * @param querier whether the bridge is a querier itself: it prunes though no query came; the queries themselves are not sent
 * @param membership for which a report holds; 260 s
 * @param otherQuerier for which a query shows that there is a querier, and behind its port a router; 255 s
 * @param lastMember interval of queries after a station left; 1 s
 * @param lastMemberCount of these queries; 2
 */
public record Snooping(
        boolean on, boolean querier, long membership, long otherQuerier, long lastMember, int lastMemberCount) {
    private static final long SECOND = 1_000_000_000L;

    /** No snooping: multicast is flooded. */
    public static final Snooping OFF = new Snooping(false, false, 260 * SECOND, 255 * SECOND, SECOND, 2);

    /** Snooping with the times of RFC 2236 section 8, as Linux has them. */
    public static final Snooping ON = OFF.withOn(true);

    public Snooping {
        if (membership < 0 || otherQuerier < 0 || lastMember < 0 || lastMemberCount < 1) {
            throw new IllegalArgumentException(
                    "found snooping with times of " + membership + ", " + otherQuerier + " and " + lastMemberCount
                            + " times " + lastMember + " ns, expected none below 0 and at least one query");
        }
    }

    public Snooping withOn(boolean value) {
        return new Snooping(value, querier, membership, otherQuerier, lastMember, lastMemberCount);
    }

    public Snooping withQuerier(boolean value) {
        return new Snooping(on, value, membership, otherQuerier, lastMember, lastMemberCount);
    }

    public Snooping withMembership(long nanos) {
        return new Snooping(on, querier, nanos, otherQuerier, lastMember, lastMemberCount);
    }

    public Snooping withOtherQuerier(long nanos) {
        return new Snooping(on, querier, membership, nanos, lastMember, lastMemberCount);
    }

    public Snooping withLastMember(long nanos, int count) {
        return new Snooping(on, querier, membership, otherQuerier, nanos, count);
    }
}
