package dev.hairpin.model.match;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of the language: what is reserved, what stands for a number, what is not supported. */
final class Names {
    static final int TCP = 6;
    static final int UDP = 17;
    static final int SCTP = 132;

    /** Protocols, as they stand before an address, an accessor or alone. */
    static final Set<String> PROTOCOLS = words("""
            ether ip arp rarp sctp tcp udp icmp igmp igrp pim vrrp carp ip6 icmp6 ah esp atalk aarp decnet lat sca moprc
            mopdl iso esis isis clnp stp ipx netbeui""");

    /** Of libpcap, reserved, and not supported here. */
    static final Set<String> UNSUPPORTED = words("""
            fddi tr wlan ppp slip radio l1 l2 iih lsp snp csnp psnp protochain gateway type subtype direction dir address1
            addr1 address2 addr2 address3 addr3 address4 addr4 ra ta inbound outbound ifindex mpls pppoed pppoes geneve lane
            metac bcc oam oamf4 oamf4ec oamf4sc sc ilmic vpi vci connectmsg metaconnect on ifname rset ruleset rnr rulenum
            srnr subrulenum reason action fisu lssu lsu msu hfisu hlssu hmsu sio opc dpc sls hsio hopc hdpc hsls""");

    private static final Set<String> OTHERS = words("""
            src dst host net mask port portrange proto less greater byte broadcast multicast and or not len vlan llc""");

    private static final Map<String, String> ALIASES =
            Map.of("link", "ether", "length", "len", "es-is", "esis", "is-is", "isis", "not", "!");

    private static final Map<String, Integer> NUMBERS = numbers("""
            icmptype 0 icmpcode 1 icmp-echoreply 0 icmp-unreach 3 icmp-sourcequench 4 icmp-redirect 5 icmp-echo 8
            icmp-routeradvert 9 icmp-routersolicit 10 icmp-timxceed 11 icmp-paramprob 12 icmp-tstamp 13
            icmp-tstampreply 14 icmp-ireq 15 icmp-ireqreply 16 icmp-maskreq 17 icmp-maskreply 18
            icmp6type 0 icmp6code 1 icmp6-destinationunreach 1 icmp6-packettoobig 2 icmp6-timeexceeded 3
            icmp6-parameterproblem 4 icmp6-echo 128 icmp6-echoreply 129 icmp6-multicastlistenerquery 130
            icmp6-multicastlistenerreportv1 131 icmp6-multicastlistenerdone 132 icmp6-routersolicit 133
            icmp6-routeradvert 134 icmp6-neighborsolicit 135 icmp6-neighboradvert 136 icmp6-redirect 137
            icmp6-routerrenum 138 icmp6-nodeinformationquery 139 icmp6-nodeinformationresponse 140
            icmp6-ineighbordiscoverysolicit 141 icmp6-ineighbordiscoveryadvert 142 icmp6-multicastlistenerreportv2 143
            icmp6-homeagentdiscoveryrequest 144 icmp6-homeagentdiscoveryreply 145 icmp6-mobileprefixsolicit 146
            icmp6-mobileprefixadvert 147 icmp6-certpathsolicit 148 icmp6-certpathadvert 149
            icmp6-multicastrouteradvert 151 icmp6-multicastroutersolicit 152 icmp6-multicastrouterterm 153
            tcpflags 13 tcp-fin 1 tcp-syn 2 tcp-rst 4 tcp-push 8 tcp-ack 16 tcp-urg 32 tcp-ece 64 tcp-cwr 128""");

    private static final Map<String, Integer> IP_PROTOCOLS = numbers("""
            ip 0 icmp 1 igmp 2 ggp 3 ipencap 4 tcp 6 egp 8 igp 9 udp 17 dccp 33 ipv6 41 ipv6-route 43 ipv6-frag 44 rsvp 46
            gre 47 esp 50 ah 51 ipv6-icmp 58 ipv6-nonxt 59 ipv6-opts 60 eigrp 88 ospf 89 ipip 94 etherip 97 pim 103
            ipcomp 108 vrrp 112 l2tp 115 isis 124 sctp 132 fc 133 udplite 136 mpls-in-ip 137""");

    private static final Map<String, Integer> ETHER_PROTOCOLS = numbers("""
            aarp 0x80f3 arp 0x806 atalk 0x809b decnet 0x6003 ip 0x800 ip6 0x86dd lat 0x6004 loopback 0x9000 mopdl 0x6001
            moprc 0x6002 rarp 0x8035 sca 0x6007 iso 0xfe stp 0x42 ipx 0xe0 netbeui 0xf0""");

    private static final Map<String, Integer> OSI_PROTOCOLS = numbers("esis 0x82 isis 0x83 clnp 0x81");

    private static final Map<String, Service> SERVICES = services("""
            echo 7 tu discard 9 tu daytime 13 tu chargen 19 tu ftp-data 20 t ftp 21 t ssh 22 t telnet 23 t smtp 25 t
            time 37 tu whois 43 t tacacs 49 tu domain 53 tu bootps 67 u bootpc 68 u tftp 69 u gopher 70 t finger 79 t
            http 80 t kerberos 88 tu pop3 110 t sunrpc 111 tu auth 113 t nntp 119 t ntp 123 u epmap 135 t netbios-ns 137 u
            netbios-dgm 138 u netbios-ssn 139 t imap2 143 t snmp 161 tu snmp-trap 162 tu bgp 179 t ldap 389 tu https 443 tu
            microsoft-ds 445 t isakmp 500 u syslog 514 u printer 515 t rtsp 554 tu submission 587 t ldaps 636 tu
            domain-s 853 tu rsync 873 t imaps 993 t pop3s 995 t socks 1080 t openvpn 1194 tu ms-sql-s 1433 t radius 1812 tu
            radius-acct 1813 tu nfs 2049 tu iscsi-target 3260 t mysql 3306 t ms-wbt-server 3389 t sip 5060 tu
            sip-tls 5061 tu xmpp-client 5222 t xmpp-server 5269 t mdns 5353 u postgresql 5432 t amqp 5672 t x11 6000 t
            http-alt 8080 t""");

    private Names() {}

    /** A port by its name. */
    record Service(int port, boolean tcp, boolean udp) {
        /** The one protocol it is of, or zero. */
        int protocol() {
            return tcp && udp ? 0 : tcp ? TCP : UDP;
        }
    }

    /** The reserved word that {@code word} is, aliases being one, or null. */
    static @Nullable String reserved(String word) {
        String name = ALIASES.getOrDefault(word, word);
        return name.equals("!") || PROTOCOLS.contains(name) || UNSUPPORTED.contains(name) || OTHERS.contains(name)
                ? name
                : null;
    }

    /** What a reserved word stands for, such as {@code tcp-syn}, or null. */
    static @Nullable Integer number(String word) {
        return NUMBERS.get(word);
    }

    /** What {@code name} is after {@code proto}, or null. */
    static @Nullable Integer protocol(String of, String name) {
        return switch (of) {
            case "ether" -> ETHER_PROTOCOLS.get(name);
            case "iso" -> OSI_PROTOCOLS.get(name);
            default -> IP_PROTOCOLS.get(name);
        };
    }

    static @Nullable Service service(String name) {
        return SERVICES.get(name);
    }

    private static Set<String> words(String words) {
        return Set.of(words.strip().split("\\s+", -1));
    }

    private static Map<String, Integer> numbers(String table) {
        String[] words = table.strip().split("\\s+", -1);
        Map<String, Integer> numbers = new HashMap<>();
        for (int at = 0; at < words.length; at += 2) {
            numbers.put(words[at], Integer.decode(words[at + 1].toLowerCase(Locale.ROOT)));
        }
        return Map.copyOf(numbers);
    }

    private static Map<String, Service> services(String table) {
        String[] words = table.strip().split("\\s+", -1);
        Map<String, Service> services = new HashMap<>();
        for (int at = 0; at < words.length; at += 3) {
            String of = words[at + 2];
            services.put(words[at], new Service(Integer.parseInt(words[at + 1]), of.contains("t"), of.contains("u")));
        }
        return Map.copyOf(services);
    }
}
