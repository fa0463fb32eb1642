package dev.hairpin.pcap;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Filter expressions for {@link LibpcapAgreesTest}: a list by hand, and compositions by a seed. */
final class Expressions {
    /** One a line. */
    static final List<String> BY_HAND = """

            vlan
            vlan 10
            vlan 10 and not arp
            vlan and vlan
            vlan and vlan and vlan
            vlan and ip
            vlan 10 and ip
            vlan 0 or vlan 1
            vlan or ip
            ip or vlan
            ip and not vlan
            not vlan and ip
            not vlan
            (vlan and ip) or ip
            vlan and not vlan
            vlan 118 and vlan 10
            vlan (10)
            vlan 0x76 && tcp port 23
            vlan and ether[14:2] & 0xfff = 10
            vlan and host 10.118.10.1
            vlan and arp host 10.1
            vlan and ip6
            vlan and tcp[tcpflags] & tcp-syn != 0
            vlan and udp port 53
            vlan and ether broadcast
            vlan and icmp[icmptype] = icmp-echo
            vlan and stp
            vlan and vlan and ip and tcp
            vlan 10 or vlan 20 or ip6
            ip
            ip6
            arp
            rarp
            tcp
            udp
            sctp
            icmp
            icmp6
            igmp
            igrp
            pim
            vrrp
            carp
            ah
            esp
            atalk
            aarp
            decnet
            lat
            sca
            moprc
            mopdl
            iso
            esis
            es-is
            isis
            clnp
            stp
            ipx
            netbeui
            llc
            llc i
            llc s
            llc u
            llc ui
            llc xid
            llc test
            llc rr
            llc rnr
            llc rej
            ip or arp or rarp or ip6
            not ip
            not not ip
            ! (ip || ip6 || arp)
            ip and arp
            ip or not ip
            tcp or udp
            tcp and udp
            tcp or udp and ip6
            ip6 or tcp and udp
            not tcp and not udp
            not (tcp or udp)
            ether proto 0x800
            ether proto 0x8100
            ether proto \\ip
            ether proto \\arp or \\rarp
            ether proto 0x0806 or 0x86dd
            ether proto 0x42
            ether proto 0xaa
            ether proto \\stp
            ether proto \\iso
            ether proto \\ipx
            ether proto \\netbeui
            ether proto \\atalk
            ether proto \\loopback
            ether proto 1501
            ether proto 1500
            ether proto 6
            ether proto 70000
            ether proto 0x88cc
            link proto 0x88a8
            ip proto 6
            ip proto \\tcp or \\udp
            ip proto \\icmp
            ip proto 300
            ip6 proto 17
            ip6 proto \\tcp
            ip6 proto 44
            ip6 proto 0
            proto 6
            proto \\ospf
            proto \\udp
            proto (1 or 2 or 103)
            iso proto \\isis
            isis proto 15
            ether broadcast
            ether multicast
            broadcast
            multicast
            link broadcast
            ip multicast
            ip broadcast
            ip6 multicast
            not broadcast and not multicast
            broadcast or multicast and not arp
            host 192.168.1.1
            host 192.168.1.1 or 192.168.1.2
            host (192.168.1.1 or 192.168.1.2) and tcp
            src host 10.0.0.1
            dst host 10.0.0.1
            src or dst host 10.0.0.1
            src and dst host 10.0.0.1
            dst or src 10.0.0.1
            dst and src 10.0.0.1
            src 10.1
            host 10.1
            host 10
            src 10
            not host 10.0.0.1
            not src 10.0.0.1 and dst 10.0.0.2
            ip host 10.0.0.1
            arp host 10.0.0.1
            rarp host 10.0.0.1
            arp src 192.168.1.1
            ip src 192.168.1.1 or 10.0.0.2
            net 10
            net 0
            net 192.168
            net 192.168.1
            net 192.168.1.1
            net 10.0.0.0/8
            net 10.0.0.0/8 or 192.168.0.0/16
            net 172.16.0.0/12
            net 0.0.0.0/0
            net 10.0 mask 255.255
            src net 10.0.0.0/8 and dst net 224.0.0.0/4
            dst net 192.168.0.0 mask 255.255.0.0
            not net 10.0.0.0/8
            arp net 10
            ip net 10 and not 10.1
            host ::1
            host fe80::1
            src host 2001:db8::1
            ip6 host ff02::1
            dst host ff02::1:2
            net fe80::/10
            net 2001:db8::/32
            src net 2001::/16
            dst net ff00::/8
            ip6 net ff00::/8
            net ::/0
            net 2001:db8:1:2:3:4:5:6/127
            net 2000::/33
            host ::ffff:1.2.3.4
            port 53
            port 80
            port http
            port https
            port domain
            tcp port 80
            udp port 53
            tcp port http or https or ssh
            sctp port 80
            src port 53
            dst port 53
            src or dst port 53
            src and dst port 123
            tcp dst port 502
            udp src port 67
            port bootps or bootpc
            not port 53
            port 80 or 443 and not arp
            port (80 or 443)
            port (80)
            port ((80) or 443)
            port 80 or (443)
            port 80 and not (443 or 8080)
            port 80 or (tcp) or 443
            tcp and not port 22 and 23
            portrange 0-1023
            portrange 1023-0
            tcp portrange 1-100
            udp portrange 5000-6000
            src portrange 1024-65535
            dst portrange 0-65535
            portrange 80
            portrange ftp-http
            portrange 80-http
            port 0
            port 65535
            ether host ff:ff:ff:ff:ff:ff
            ether dst ff:ff:ff:ff:ff:ff
            ether src 00:00:00:00:00:00
            ether host 01-80-c2-00-00-00 or 0180.c200.000e
            ether dst host 0180c2000001
            ether dst 1.0.c.cc.cc.cd
            ether src and dst 0:0:0:0:0:0
            ether host 01-0-0c-cc-c-c or 01-0-5e-0-0-5
            ether host 01.0.5e.0.0.fb or 1-0-5e-0-0-12
            not ether dst host 01:80:c2:00:00:00
            less 64
            less 0
            greater 64
            greater 1500
            less 60 or greater 1514
            len > 100
            len >= 100
            len < 100
            len <= 100
            len = 60
            len == 60
            len != 60
            length > 1000
            60 = len
            60 < len
            60 > len
            60 >= len
            60 <= len
            0 > len
            len > 60 and len < 100
            len - 14 > 46
            len = ip[2:2] + 14
            ip[2:2] + 14 < len
            ether[0] & 1 = 1
            ether[0] & 1 != 0
            ether[0] & 1 == 0 and ip[16] >= 224
            ether[12:2] = 0x800
            ether[12:2] > 1500
            ether[12:2] <= 1500
            ether[0:4] = 0xffffffff
            ether[2:4] = 0xffffffff and ether[0:2] = 0xffff
            ether[10:4] & 0xffff = 0x0800
            ether[13:2] != 0
            ether[14] = 0x45
            ether[14:4] = 0x42420300
            ether[16:2] = 0x0800
            ether[15:2] = 10
            ether[11:4] != 0
            ether[4:4] = ether[8:4]
            ether[100] > 128
            not ether[100] > 128
            ether[1000:4] = 0
            not ether[1000:4] = 0
            ether[100000] = 0
            ether[4294967295] = 1
            ether[ether[14] & 0xf] = 0
            ether[len - 1] = 0
            ether[len - 4:4] != 0
            ether[0] = ether[6]
            ip[0] & 0xf > 5
            ip[0] & 0xf != 5
            ip[8] < 64
            ip[8] = 1 or ip[8] = 255
            ip[6:2] & 0x1fff != 0
            ip[6:2] & 0x3fff != 0
            ip[6] & 0x20 != 0
            ip[2:2] > 576
            ip[2:2] = len - 14
            ip[9] = 6 or ip[9] = 17
            ip[12:4] = ip[16:4]
            ip[16] >= 224
            ip[20:2] = 80
            ip[(ip[0] & 0xf) * 4] = 0
            ip[ip[0] & 0xf << 2:2] = 53
            ip[0] >> 4 = 4
            ip[1] | 3 = 3
            ip[1] ^ 0xff = 0xff
            ip[4:2] % 2 = 0
            ip[4:2] / 256 = 1
            ip[4:2] * 2 + 1 > 100
            ip[4:2] % 3 + 1 = 2
            ip[0] * 2 % 3 = 1
            ip[4:2] % 7 % 4 = 1
            ip[1] ^ ip[8] & 0xf0 = 0x40
            ip[8] - 65 > 1000
            -ip[8] > 100
            -1 = 4294967295
            - ip[8] * 2 % 5 = 3
            -(ip[8] + 1) & 0xff = 0xbf
            1 + ip[8] = 65
            1 + ip[8] = 65 and ip
            100 / ip[1] > 0
            100 % ip[1] = 0
            not 100 / ip[1] > 0
            1 << ip[8] = 0
            1 << (ip[1] & 31) > 0
            ip[8] >> ip[1] = 64
            ip6[6] = 58
            ip6[7] = 255
            ip6[0] & 0xf0 = 0x60
            ip6[40] = 135
            icmp6[0] = 135
            icmp6[icmp6type] = icmp6-neighborsolicit
            icmp6[icmp6type] == icmp6-routeradvert or icmp6[0] = icmp6-echo
            icmp6[ip6[6] - 58] > 100
            arp[6:2] = 1
            arp[6:2] = 2 and arp[24:4] != 0
            rarp[6:2] = 3
            tcp[tcpflags] & tcp-syn != 0
            tcp[tcpflags] & (tcp-syn|tcp-ack) = tcp-syn
            tcp[tcpflags] & (tcp-syn|tcp-fin|tcp-rst) != 0
            tcp[tcpflags] == tcp-ack
            tcp[13] = 2
            tcp[13] & 8 = 8
            tcp[0:2] = 80 or tcp[2:2] = 80
            tcp[0:2] > 1023 and tcp[2:2] > 1023
            tcp[12] >> 4 > 5
            tcp[12] & 0xf0 > 0x50
            tcp[(tcp[12] >> 4) * 4:4] = 0x47455420
            tcp[((tcp[12] & 0xf0) >> 2):4] != 0
            not tcp[((tcp[12] & 0xf0) >> 2):4] = 0
            tcp[ip[0]] = 1
            tcp port 80 and (((ip[2:2] - ((ip[0]&0xf)<<2)) - ((tcp[12]&0xf0)>>2)) != 0)
            udp[4:2] > 100
            udp[4:2] != ip[2:2] - 20
            udp[0:2] = udp[2:2]
            udp[8] = 0
            icmp[0] = 8
            icmp[icmptype] = icmp-echo or icmp[icmptype] = icmp-echoreply
            icmp[icmptype] != icmp-unreach
            icmp[icmpcode] = 0
            igmp[0] = 0x16
            igmp[4:4] != 0
            pim[0] & 0xf = 0
            vrrp[1] > 0
            sctp[0:2] = 80
            decnet[0] = 1
            tcp[1 + 2] = 3
            tcp[1 +2:2] > 3
            5 = 5
            5 = 6
            5 > 6 or arp
            (5) = 5
            ((len)) = 60
            (ip[0] & 0xf) = 5
            port 80 and 5 = 5
            port 80 or (5 + 1) = 6
            (5 = 5 and ip)
            byte 12 = 8
            byte 0 > 127
            byte 14 < 70
            0x10 < ip[8] and ip[8] < 0100
            ip and ip[8] > 1 or ip6 and ip6[7] > 1
            tcp or udp or icmp and host 192.168.1.1
            (tcp or udp) and (src net 10 or dst net 192.168)
            ether proto \\ip and host 10.0.0.1 or 10.0.0.2
            not (vlan or arp) and (tcp port 80 or udp port 53)
            ip and tcp and port 80 and len > 100 and not broadcast
            """.lines().distinct().toList();

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
}
