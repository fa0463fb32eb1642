package dev.hairpin.model.match;

import dev.hairpin.model.frame.Mac;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the primitives mean, at the place of the frame that the {@code vlan}s before them have led to. For one expression,
 * whose primitives are asked for in the order in which they are written.
 */
final class Primitives {
    private static final int NETMASK_UNKNOWN = -1;
    private static final long ALL_BITS = -1L;

    private static final int IP = 0x0800;
    private static final int ARP = 0x0806;
    private static final int RARP = 0x8035;
    private static final int IP6 = 0x86DD;
    private static final int ISIS = 0x83;

    private static final int IP6_HEADER = 40;
    private static final int IP6_FRAGMENT = 44;

    private final String expression;
    private final int netmask;

    private LinkHeader link = LinkHeader.OUTERMOST;

    Primitives(String expression, int netmask) {
        this.expression = expression;
        this.netmask = netmask;
    }

    /** A condition on the source or on the destination. */
    private interface Side {
        Condition of(boolean source);
    }

    MatchRefused refused(Token token, String expected) {
        return new MatchRefused(expression, token.column(), token.described(), expected);
    }

    MatchRefused unsupported(Token token) {
        return refused(token, "a primitive that is supported; \"" + token.text() + "\" is not");
    }

    /** One tag more, with any VLAN identifier when {@code vid} is null; the rest of the expression is behind it. */
    Condition vlan(@Nullable Token vid) {
        Condition tagged = link.isTagged();
        if (vid != null) {
            if (vid.value() > 0xFFF) {
                throw refused(vid, "a VLAN identifier of 0 to 4095");
            }
            tagged = Condition.all(tagged, Condition.equal(link.payload(), 2, vid.value(), 0xFFF));
        }
        link = link.behindTag();
        return tagged;
    }

    /** A protocol's name alone. */
    Condition protocol(Token token) {
        return switch (token.text()) {
            case "ip" -> link.announces(IP);
            case "ip6" -> link.announces(IP6);
            case "arp" -> link.announces(ARP);
            case "rarp" -> link.announces(RARP);
            case "tcp" -> protocol("", Names.TCP, token);
            case "udp" -> protocol("", Names.UDP, token);
            case "sctp" -> protocol("", Names.SCTP, token);
            case "icmp" -> protocol("ip", 1, token);
            case "igmp" -> protocol("ip", 2, token);
            case "igrp" -> protocol("ip", 9, token);
            case "vrrp", "carp" -> protocol("ip", 112, token);
            case "icmp6" -> protocol("ip6", 58, token);
            case "pim" -> protocol("", 103, token);
            case "esp" -> protocol("", 50, token);
            case "ah" -> protocol("", 51, token);
            case "atalk" -> link.announces(0x809B);
            case "aarp" -> link.announces(0x80F3);
            case "mopdl" -> link.announces(0x6001);
            case "moprc" -> link.announces(0x6002);
            case "decnet" -> link.announces(0x6003);
            case "lat" -> link.announces(0x6004);
            case "sca" -> link.announces(0x6007);
            case "iso" -> link.announces(LinkHeader.SAP_ISO);
            case "stp" -> link.announces(LinkHeader.SAP_STP);
            case "ipx" -> link.announces(LinkHeader.SAP_IPX);
            case "netbeui" -> link.announces(LinkHeader.SAP_NETBEUI);
            case "clnp" -> protocol("iso", 0x81, token);
            case "esis" -> protocol("iso", 0x82, token);
            case "isis" -> protocol("iso", ISIS, token);
            default -> throw refused(token, "a primitive; \"" + token.text() + "\" alone is none");
        };
    }

    /** {@code of proto value}. */
    Condition protocol(String of, long value, Token token) {
        return switch (of) {
            case "" -> Condition.any(protocol("ip", value, token), protocol("ip6", value, token));
            case "ether" -> link.announces(value);
            case "ip" -> Condition.all(link.announces(IP), Condition.equal(link.payload() + 9, 1, value));
            // Behind a fragment header as well, and behind no other.
            case "ip6" ->
                Condition.all(
                        link.announces(IP6),
                        Condition.any(
                                Condition.equal(link.payload() + 6, 1, value),
                                Condition.all(
                                        Condition.equal(link.payload() + 6, 1, IP6_FRAGMENT),
                                        Condition.equal(link.payload() + IP6_HEADER, 1, value))));
            case "iso" ->
                Condition.all(link.announces(LinkHeader.SAP_ISO), Condition.equal(link.payload() + 3, 1, value));
            case "isis" -> Condition.all(protocol("iso", ISIS, token), Condition.equal(link.payload() + 7, 1, value));
            default -> throw refused(token, "another primitive; \"" + of + "\" has no protocols to select");
        };
    }

    /** An Ethernet address. */
    Condition ethernet(long mac, Qualifier as) {
        return directed(as, source -> Condition.equal(source ? 6 : 0, 6, mac));
    }

    /** An IPv4 address or net: of the IP header, or of the ARP or RARP message. */
    Condition ipv4(long address, long mask, Qualifier as, Token token) {
        return switch (as.protocol()) {
            case "" ->
                Condition.any(ipv4(IP, address, mask, as), ipv4(ARP, address, mask, as), ipv4(RARP, address, mask, as));
            case "ip" -> ipv4(IP, address, mask, as);
            case "arp" -> ipv4(ARP, address, mask, as);
            case "rarp" -> ipv4(RARP, address, mask, as);
            default -> throw refused(token, "something else; \"" + as.protocol() + "\" has no IPv4 addresses");
        };
    }

    private Condition ipv4(int in, long address, long mask, Qualifier as) {
        int source = in == IP ? 12 : 14;
        int destination = in == IP ? 16 : 24;
        return Condition.all(
                link.announces(in),
                directed(
                        as, from -> Condition.equal(link.payload() + (from ? source : destination), 4, address, mask)));
    }

    /** An IPv6 address or net, in words of 32 bits. */
    Condition ipv6(long[] address, long[] mask, Qualifier as, Token token) {
        if (!as.protocol().isEmpty() && !as.protocol().equals("ip6")) {
            throw refused(token, "something else; \"" + as.protocol() + "\" has no IPv6 addresses");
        }
        return Condition.all(link.announces(IP6), directed(as, source -> {
            int at = link.payload() + (source ? 8 : 24);
            Condition[] words = new Condition[4];
            for (int word = 0; word < words.length; word++) {
                words[word] = Condition.equal(at + 4 * word, 4, address[word], mask[word]);
            }
            return Condition.all(words);
        }));
    }

    /** Ports from {@code least} to {@code most}; of IPv4 in a first fragment, of IPv6 directly behind its header. */
    Condition ports(long least, long most, int protocol, Qualifier as) {
        Condition behindIp6 = Condition.all(
                link.announces(IP6),
                transports(link.payload() + 6, protocol),
                directed(
                        as,
                        source -> Condition.within(
                                new Quantity.Field(link.payload() + IP6_HEADER + (source ? 0 : 2), 2),
                                ALL_BITS,
                                least,
                                most)));
        Condition behindIp = Condition.all(
                link.announces(IP),
                transports(link.payload() + 9, protocol),
                isFirstFragment(),
                directed(
                        as,
                        source -> Condition.within(
                                new Quantity.BehindIpv4(link.payload(), 2, new Quantity.Constant(source ? 0 : 2)),
                                ALL_BITS,
                                least,
                                most)));
        return Condition.any(behindIp6, behindIp);
    }

    private static Condition transports(int at, int protocol) {
        return protocol != 0
                ? Condition.equal(at, 1, protocol)
                : Condition.any(
                        Condition.equal(at, 1, Names.SCTP),
                        Condition.equal(at, 1, Names.TCP),
                        Condition.equal(at, 1, Names.UDP));
    }

    private Condition isFirstFragment() {
        return Condition.equal(link.payload() + 6, 2, 0, 0x1FFF);
    }

    /** {@code broadcast} of nothing, {@code ether} or {@code ip}. */
    Condition broadcast(String of, Token token) {
        if (of.isEmpty() || of.equals("ether")) {
            return Condition.equal(0, 6, Mac.BROADCAST);
        }
        if (!of.equals("ip")) {
            throw refused(token, "\"ether\" or \"ip\" before it, or nothing");
        }
        if (netmask == NETMASK_UNKNOWN) {
            throw refused(token, "another primitive; \"ip broadcast\" needs a netmask, and none is known");
        }
        long host = ~netmask & Quantity.WORD;
        return Condition.all(
                link.announces(IP),
                Condition.any(
                        Condition.equal(link.payload() + 16, 4, 0, host),
                        Condition.equal(link.payload() + 16, 4, host, host)));
    }

    /** {@code multicast} of nothing, {@code ether}, {@code ip} or {@code ip6}. */
    Condition multicast(String of, Token token) {
        return switch (of) {
            case "", "ether" -> Condition.equal(0, 1, 1, 1);
            case "ip" ->
                Condition.all(
                        link.announces(IP),
                        Condition.within(new Quantity.Field(link.payload() + 16, 1), ALL_BITS, 224, 255));
            case "ip6" -> Condition.all(link.announces(IP6), Condition.equal(link.payload() + 24, 1, 255));
            default -> throw refused(token, "\"ether\", \"ip\" or \"ip6\" before it, or nothing");
        };
    }

    /** An 802.2 frame; with a masked control octet when the mask is not zero. */
    Condition llc(int control, int mask) {
        return link.llc(control, mask);
    }

    /** An accessor: {@code of[index:size]}. */
    Guarded octets(Token of, Guarded index, int size) {
        return switch (of.text()) {
            case "ether" -> new Guarded(index.guard(), at(0, size, index.quantity()));
            case "ip", "arp", "rarp", "atalk", "decnet", "sca", "lat", "moprc", "mopdl", "ip6" ->
                new Guarded(Guarded.joined(index.guard(), protocol(of)), at(link.payload(), size, index.quantity()));
            case "tcp", "udp", "sctp", "icmp", "igmp", "igrp", "pim", "vrrp", "carp" ->
                new Guarded(
                        Condition.all(
                                link.announces(IP),
                                Guarded.joined(index.guard(), Condition.all(protocol(of), isFirstFragment()))),
                        new Quantity.BehindIpv4(link.payload(), size, index.quantity()));
            case "icmp6" ->
                new Guarded(
                        Guarded.joined(
                                index.guard(),
                                Condition.all(link.announces(IP6), Condition.equal(link.payload() + 6, 1, 58))),
                        at(link.payload() + IP6_HEADER, size, index.quantity()));
            default -> throw refused(of, "a protocol whose octets can be asked for");
        };
    }

    private static Quantity at(int base, int size, Quantity index) {
        return index instanceof Quantity.Constant constant
                ? new Quantity.Field(base + constant.value(), size)
                : new Quantity.Indexed(base, size, index);
    }

    private static Condition directed(Qualifier as, Side side) {
        return switch (as.direction()) {
            case SOURCE -> side.of(true);
            case DESTINATION -> side.of(false);
            case BOTH -> Condition.all(side.of(true), side.of(false));
            case EITHER, NONE -> Condition.any(side.of(true), side.of(false));
        };
    }

    /** A decimal IPv4 address, left-aligned, and how many bits it gives. */
    long[] ipv4(Token token) {
        OptionalLong address = Addresses.ipv4(token.text());
        if (address.isEmpty()) {
            throw refused(token, "an IPv4 address");
        }
        int bits = 8 * token.text().split("\\.", -1).length;
        return new long[] {(address.getAsLong() << (32 - bits)) & Quantity.WORD, bits};
    }
}
