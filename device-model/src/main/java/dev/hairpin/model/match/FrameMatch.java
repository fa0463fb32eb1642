package dev.hairpin.model.match;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.EthernetHeader;
import dev.hairpin.model.frame.Slab;

/**
 * A condition on Ethernet frames in the language of pcap-filter(7), compiled once and evaluated without allocation. See
 * the package for what is peculiar in its meaning.
 *
 * <p>Supported: {@code ether}, {@code vlan}, {@code arp}, {@code rarp}, {@code ip}, {@code ip6}, {@code tcp}, {@code udp},
 * {@code sctp}, {@code icmp}, {@code icmp6}, {@code igmp} and the other protocols that are an EtherType, an LLC address or
 * an IP protocol; {@code host}, {@code net}, {@code port}, {@code portrange}, {@code proto}, {@code broadcast}, {@code
 * multicast}, {@code less}, {@code greater}, {@code len}, {@code byte}, {@code llc}; accessors with arithmetic. Names of
 * hosts and networks are not looked up, names of ports are those of a small table. What else libpcap knows is refused by
 * its name.
 *
 * <p>Immutable, for any number of threads.
 */
public final class FrameMatch {
    /** The netmask that makes {@code ip broadcast} a mistake. */
    private static final int NETMASK_UNKNOWN = -1;

    private final String expression;
    private final Condition condition;
    private final boolean never;

    private FrameMatch(String expression, Condition condition) {
        this.expression = expression;
        this.condition = condition;
        this.never = Contradiction.isIn(condition);
    }

    /**
     * Compiles an expression. The empty one matches all frames.
     *
     * @throws MatchRefused when it is none, or uses what is not supported
     */
    public static FrameMatch compile(String expression) {
        return compile(expression, NETMASK_UNKNOWN);
    }

    /**
     * Compiles an expression in which {@code ip broadcast} may be used.
     *
     * @param netmask of the network, as a number: {@code 0xFFFFFF00} for a prefix of 24
     * @throws MatchRefused when it is none, or uses what is not supported
     */
    public static FrameMatch compile(String expression, int netmask) {
        return new FrameMatch(expression, new Parser(expression, new Primitives(expression, netmask)).parse());
    }

    /**
     * Whether the frame of a row matches, as it is at this point of its way: addresses, tag, EtherType and length are
     * those of the columns, and what follows the header is what follows it in the slab, wherever a tag put on or taken
     * off has moved it. A frame whose EtherType is {@link EthernetHeader#CUT} is judged as captured.
     *
     * <p>The slab is read only when the expression asks for more than the columns have.
     */
    public boolean matches(Burst burst, int row, Slab slab) {
        return condition.of(burst, row, slab, burst.offset(row), burst.captured(row), burst.length(row))
                == Condition.TRUE;
    }

    /**
     * Whether a frame matches that is in no burst.
     *
     * @param slab where its octets are
     * @param offset where they begin
     * @param captured how many there are
     * @param length how many it had on the wire
     */
    public boolean matches(Slab slab, long offset, int captured, int length) {
        return condition.of(null, 0, slab, offset, captured, length) == Condition.TRUE;
    }

    /** True only when no frame can match, because the expression contradicts itself; false when that is not known. */
    public boolean neverMatches() {
        return never;
    }

    Condition condition() {
        return condition;
    }

    /** The expression as it was written. */
    @Override
    public String toString() {
        return expression;
    }
}
