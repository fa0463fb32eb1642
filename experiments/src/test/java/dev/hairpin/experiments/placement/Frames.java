package dev.hairpin.experiments.placement;

import dev.hairpin.model.frame.Mac;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** Builds frames for tests: {@code frame().from(a).to(b).ipv4("10.0.0.1").padded()}. */
final class Frames {
    private static final HexFormat HEX = HexFormat.of();

    private long destination = Mac.BROADCAST;
    private long source;
    private final ByteArrayOutputStream behind = new ByteArrayOutputStream();

    private Frames() {}

    static Frames frame() {
        return new Frames();
    }

    static long mac(String text) {
        return Mac.parse(text).orElseThrow();
    }

    /** 02:00:00:00:00:0n. */
    static long station(int n) {
        return 0x0200_0000_0000L + n;
    }

    Frames from(long address) {
        source = address;
        return this;
    }

    Frames to(long address) {
        destination = address;
        return this;
    }

    Frames to(String address) {
        return to(mac(address));
    }

    /** Octets behind the source address or what was added before; blanks are for the reader. */
    Frames hex(String digits) {
        behind.writeBytes(HEX.parseHex(digits.replace(" ", "")));
        return this;
    }

    Frames tag(int vid) {
        return hex(String.format(Locale.ROOT, "8100 %04x", vid));
    }

    /** IPv4 with a protocol and body, without options. */
    Frames ipv4(String from, String to, int protocol, String body) {
        String octets = body.replace(" ", "");
        return hex("0800 4500 " + hex16(20 + octets.length() / 2) + " 0000 0000 40" + hex8(protocol) + " 0000")
                .hex(quad(from) + quad(to) + octets);
    }

    /** UDP of IPv4, to a port. */
    Frames udp(String from, String to, int port) {
        return ipv4(from, to, 17, "c000" + hex16(port) + "0008 0000");
    }

    /** IPv6 with a next header and body; addresses as 32 digits. */
    Frames ipv6(String from, String to, int next, String body) {
        String octets = body.replace(" ", "");
        return hex("86dd 6000 0000 " + hex16(octets.length() / 2) + hex8(next) + "01" + from + to + octets);
    }

    /** ARP, sent by its source. */
    Frames arp(int operation, String sender, String target) {
        return hex("0806 0001 0800 0604 " + hex16(operation)
                + Mac.format(source).replace(":", "") + quad(sender) + "0000 0000 0000" + quad(target));
    }

    /** The octets as they are. */
    byte[] octets() {
        byte[] all = new byte[12 + behind.size()];
        byte[] addresses = HEX.parseHex((Mac.format(destination) + Mac.format(source)).replace(":", ""));
        System.arraycopy(addresses, 0, all, 0, 12);
        System.arraycopy(behind.toByteArray(), 0, all, 12, behind.size());
        return all;
    }

    /** The octets, padded to the 60 of Ethernet. */
    byte[] padded() {
        byte[] octets = octets();
        return octets.length < 60 ? Arrays.copyOf(octets, 60) : octets;
    }

    private static String quad(String dotted) {
        StringBuilder digits = new StringBuilder();
        for (String octet : dotted.split("\\.", -1)) {
            digits.append(hex8(Integer.parseInt(octet)));
        }
        return digits.toString();
    }

    private static String hex8(int value) {
        return HEX.toHexDigits((byte) value);
    }

    private static String hex16(int value) {
        return HEX.toHexDigits((short) value);
    }
}
