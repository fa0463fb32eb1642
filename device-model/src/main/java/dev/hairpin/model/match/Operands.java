package dev.hairpin.model.match;

import dev.hairpin.model.match.Qualifier.Kind;

/** What addresses, numbers and names mean under their qualifier. */
final class Operands {
    private static final int LARGEST_PORT = 65_535;
    private static final int BITS = 32;

    private final Primitives primitives;

    Operands(Primitives primitives) {
        this.primitives = primitives;
    }

    Condition number(Token token, Qualifier as) {
        long value = token.value();
        switch (as.kind()) {
            case PORT, PORT_RANGE -> {
                return ports(new Port(port(value, token), 0), new Port(value, 0), token, as);
            }
            case PROTOCOL -> {
                return primitives.protocol(as.protocol(), value, token);
            }
            default -> {
                refuseEthernet(token, as);
                long mask = Quantity.WORD;
                // A net of one number is one octet, of two octets two; a host is 32 bits.
                while (as.kind() == Kind.NET && value != 0 && value <= 0xFF_FFFF) {
                    value <<= 8;
                    mask = (mask << 8) & Quantity.WORD;
                }
                return primitives.ipv4(value, mask, as, token);
            }
        }
    }

    /** An IP address, with the mask or prefix behind it. */
    Condition address(Token token, Cursor cursor, Qualifier as) {
        if (as.kind() != Kind.NONE && as.kind() != Kind.HOST && as.kind() != Kind.NET) {
            throw primitives.refused(token, "a number or a name, and no address");
        }
        refuseEthernet(token, as);
        if (token.kind() == Token.Kind.IPV6) {
            return ipv6(token, cursor, as);
        }
        long[] address = primitives.ipv4(token);
        Token separator = cursor.peek();
        long mask;
        if (separator.is("/")) {
            cursor.next();
            Token prefix = cursor.peek();
            if (cursor.plainNumber() > BITS) {
                throw primitives.refused(prefix, "a prefix of at most " + BITS + " bits");
            }
            mask = prefix(prefix.value());
        } else if (separator.is("mask")) {
            cursor.next();
            Token netmask = cursor.next();
            if (netmask.kind() != Token.Kind.IPV4) {
                throw primitives.refused(netmask, "a mask such as 255.255.0.0");
            }
            mask = primitives.ipv4(netmask)[0];
        } else {
            return primitives.ipv4(address[0], prefix(address[1]), as, token);
        }
        if (as.kind() != Kind.NET) {
            throw primitives.refused(separator, "the end of the address; only a net has a mask");
        }
        if ((address[0] & ~mask) != 0) {
            throw primitives.refused(token, "an address without bits outside of its mask");
        }
        return primitives.ipv4(address[0], mask, as, token);
    }

    private Condition ipv6(Token token, Cursor cursor, Qualifier as) {
        long[] address = Addresses.ipv6(token.text()).orElseThrow();
        long bits = 128;
        if (cursor.peek().is("/")) {
            cursor.next();
            Token prefix = cursor.peek();
            bits = cursor.plainNumber();
            if (bits > 128) {
                throw primitives.refused(prefix, "a prefix of at most 128 bits");
            }
            if (bits < 128 && as.kind() != Kind.NET) {
                throw primitives.refused(prefix, "128; only a net has a shorter prefix");
            }
        }
        long[] mask = new long[address.length];
        for (int word = 0; word < mask.length; word++) {
            mask[word] = prefix(Math.max(0, Math.min(BITS, bits - (long) BITS * word)));
            if ((address[word] & ~mask[word]) != 0) {
                throw primitives.refused(token, "an address without bits outside of its prefix");
            }
        }
        return primitives.ipv6(address, mask, as, token);
    }

    /** A name that is no reserved word, or an Ethernet address. */
    Condition name(Token token, Qualifier as) {
        if (token.kind() == Token.Kind.ETHERNET) {
            if (!as.protocol().equals("ether") || (as.kind() != Kind.HOST && as.kind() != Kind.NONE)) {
                throw primitives.refused(
                        token,
                        "something else; an Ethernet address stands after \"ether host\", \"ether src\" or the like");
            }
            return primitives.ethernet(Addresses.ethernet(token.text()), as);
        }
        return switch (as.kind()) {
            case NONE, HOST -> throw primitives.refused(token, "an address; names of hosts are not looked up");
            case NET -> throw primitives.refused(token, "a net's number; names of nets are not looked up");
            case PORT -> {
                Port port = port(token.text(), token);
                yield ports(port, port, token, as);
            }
            case PORT_RANGE -> {
                int dash = token.text().indexOf('-');
                if (dash < 0) {
                    throw primitives.refused(token, "two ports with - between");
                }
                yield ports(
                        port(token.text().substring(0, dash), token),
                        port(token.text().substring(dash + 1), token),
                        token,
                        as);
            }
            case PROTOCOL -> {
                Integer protocol = Names.protocol(as.protocol(), token.text());
                if (protocol == null) {
                    throw primitives.refused(token, "a protocol's number, or a name that is known");
                }
                yield primitives.protocol(as.protocol(), protocol, token);
            }
        };
    }

    /** A port, and the protocol that its name is of, or zero. */
    private record Port(long number, int protocol) {}

    private Port port(String text, Token token) {
        if (!text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return new Port(port(Long.parseLong(text), token), 0);
        }
        Names.Service service = Names.service(text);
        if (service == null) {
            throw primitives.refused(token, "a port's number, or a name that is known, such as https");
        }
        return new Port(service.port(), service.protocol());
    }

    private long port(long number, Token token) {
        if (number > LARGEST_PORT) {
            throw primitives.refused(token, "a port of at most " + LARGEST_PORT);
        }
        return number;
    }

    private Condition ports(Port first, Port second, Token token, Qualifier as) {
        int named = first.protocol == second.protocol ? first.protocol : 0;
        int asked = switch (as.protocol()) {
            case "" -> 0;
            case "tcp" -> Names.TCP;
            case "udp" -> Names.UDP;
            case "sctp" -> Names.SCTP;
            default -> throw primitives.refused(token, "something else; \"" + as.protocol() + "\" has no ports");
        };
        if (asked != 0 && named != 0 && asked != named) {
            throw primitives.refused(token, "a port of " + as.protocol());
        }
        return primitives.ports(
                Math.min(first.number, second.number),
                Math.max(first.number, second.number),
                asked != 0 ? asked : named,
                as);
    }

    private void refuseEthernet(Token token, Qualifier as) {
        if (as.protocol().equals("ether")) {
            throw primitives.refused(token, "an Ethernet address");
        }
    }

    private static long prefix(long bits) {
        return bits == 0 ? 0 : (Quantity.WORD << (BITS - bits)) & Quantity.WORD;
    }
}
