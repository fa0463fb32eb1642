package dev.hairpin.pcap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Filter expressions for {@link LibpcapAgreesTest}: a list by hand, and compositions by a seed. */
final class Expressions {
    /** One a line of the resource {@code expressions.txt}; the first is empty and accepts everything. */
    static final List<String> BY_HAND = read();

    private final Random random;
    private final List<String> addresses;
    private final List<String> ethernet;
    private final List<String> ports;

    /** What occurs in frames is worth asking for. */
    Expressions(Random random, List<String> addresses, List<String> ethernet, List<String> ports) {
        this.random = random;
        this.addresses = addresses;
        this.ethernet = ethernet;
        this.ports = ports;
    }

    String next() {
        return expression(2 + random.nextInt(3));
    }

    private String expression(int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return primitive();
        }
        return switch (random.nextInt(7)) {
            case 0 -> "not " + bracketed(depth);
            case 1, 2 -> expression(depth - 1) + " and " + expression(depth - 1);
            case 3 -> expression(depth - 1) + " or " + expression(depth - 1);
            case 4 -> bracketed(depth) + " && " + bracketed(depth);
            case 5 -> bracketed(depth) + " || " + bracketed(depth);
            default -> "! " + bracketed(depth) + " or " + expression(depth - 1);
        };
    }

    private String bracketed(int depth) {
        return "(" + expression(depth - 1) + ")";
    }

    private String primitive() {
        return switch (random.nextInt(16)) {
            case 0 -> "vlan";
            case 1 -> "vlan " + oneOf("0", "1", "10", "20", "100", "118");
            case 2, 3 ->
                oneOf("ip", "ip6", "arp", "tcp", "udp", "icmp", "icmp6", "igmp", "stp", "pim", "llc", "iso", "esp");
            case 4, 5 ->
                oneOf("", "", "ip ", "arp ") + oneOf("", "src ", "dst ", "src or dst ", "src and dst ") + "host "
                        + oneOf(addresses) + oneOf("", "", " or " + oneOf(addresses), " and not " + oneOf(addresses));
            case 6 ->
                oneOf("", "src ", "dst ") + "net "
                        + oneOf(
                                "10",
                                "192.168",
                                "10.0.0.0/8",
                                "192.168.0.0/16",
                                "128.0.0.0/1",
                                "224.0.0.0/4",
                                "fe80::/10",
                                "2001::/16");
            case 7, 8 ->
                oneOf("", "tcp ", "udp ", "sctp ") + oneOf("", "src ", "dst ", "src or dst ", "dst and src ") + "port "
                        + oneOf(ports) + oneOf("", "", " or " + oneOf(ports), " or (" + oneOf(ports) + ")");
            case 9 ->
                oneOf("", "tcp ", "udp ") + oneOf("", "src ", "dst ") + "portrange " + oneOf(ports) + "-"
                        + oneOf(ports);
            case 10 -> "ether " + oneOf("host ", "src ", "dst ", "src or dst ") + oneOf(ethernet);
            case 11 -> oneOf("broadcast", "multicast", "ip multicast", "ip6 multicast", "ip broadcast");
            case 12 -> oneOf("less ", "greater ") + random.nextInt(200);
            case 13 ->
                oneOf("ether proto ", "ip proto ", "ip6 proto ", "proto ")
                        + oneOf("6", "17", "0x800", "0x806", "58", "1", "0x42", "0x88cc");
            default -> arithmetic(2) + oneOf(" = ", " != ", " < ", " <= ", " > ", " >= ") + arithmetic(1);
        };
    }

    private String arithmetic(int depth) {
        int kind = depth == 0 ? random.nextInt(3) : random.nextInt(8);
        return switch (kind) {
            case 0 -> String.valueOf(random.nextInt(random.nextBoolean() ? 10 : 70_000));
            case 1 -> "len";
            case 2, 3 -> accessor(depth);
            case 4 -> "(" + accessor(depth) + oneOf(" + ", " & ", " * ") + random.nextInt(9) + ")";
            case 5 -> "-" + accessor(depth);
            // Not by a number: libpcap also refuses a divisor that only begins with a zero.
            case 6 -> accessor(depth) + oneOf(" / ", " % ", " << ", " >> ") + accessor(depth);
            default -> accessor(depth) + oneOf(" + ", " - ", " * ", " & ", " | ", " ^ ") + arithmetic(depth - 1);
        };
    }

    private String accessor(int depth) {
        String of = oneOf("ether", "ether", "ip", "ip", "ip6", "arp", "tcp", "udp", "icmp", "icmp6", "igmp");
        String index = depth > 0 && random.nextInt(5) == 0
                ? accessor(0) + " & 15"
                : String.valueOf(random.nextInt(random.nextInt(4) == 0 ? 200 : 24));
        return of + "[" + index + oneOf("", ":1", ":2", ":4") + "]";
    }

    /** Words in any order: mostly nonsense, to compare what is refused. */
    String nonsense() {
        List<String> words = new ArrayList<>();
        int length = 1 + random.nextInt(9);
        for (int word = 0; word < length; word++) {
            words.add(oneOf(
                    "ip",
                    "tcp",
                    "ether",
                    "arp",
                    "vlan",
                    "host",
                    "net",
                    "port",
                    "portrange",
                    "src",
                    "dst",
                    "proto",
                    "and",
                    "and",
                    "or",
                    "or",
                    "not",
                    "!",
                    "(",
                    "(",
                    ")",
                    ")",
                    "1.2.3.4",
                    "10.1",
                    "80",
                    "5",
                    "1:2:3:4:5:6",
                    "::1",
                    "[",
                    "]",
                    ":",
                    "len",
                    "=",
                    ">",
                    "+",
                    "-",
                    "*",
                    "&",
                    "ip[0]",
                    "tcp[2:2]",
                    "less",
                    "greater",
                    "broadcast",
                    "multicast",
                    "/",
                    "8",
                    "mask",
                    "255.0.0.0",
                    "ip6",
                    "80-90",
                    "\\udp",
                    "byte",
                    "llc",
                    "udp",
                    "port 80",
                    "host 1.2.3.4",
                    "ip",
                    "port (",
                    "(80",
                    "or 90"));
        }
        return String.join(" ", words);
    }

    private String oneOf(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String oneOf(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static List<String> read() {
        try (InputStream lines = Expressions.class.getResourceAsStream("expressions.txt")) {
            return new String(Objects.requireNonNull(lines).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .distinct()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
