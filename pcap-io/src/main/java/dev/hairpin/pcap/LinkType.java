package dev.hairpin.pcap;

/** Link types by number, as the registry of draft-ietf-opsawg-pcaplinktype has them. */
public final class LinkType {
    /** Ethernet, without preamble. */
    public static final int ETHERNET = 1;

    private LinkType() {}

    /** Number and, where it is a common one, name: {@code link type 113 LINUX_SLL}. */
    public static String describe(int linkType) {
        String name = name(linkType);
        return "link type " + linkType + (name.isEmpty() ? "" : " " + name);
    }

    private static String name(int linkType) {
        return switch (linkType) {
            case 0 -> "NULL";
            case ETHERNET -> "ETHERNET";
            case 3 -> "AX25";
            case 6 -> "IEEE802_5";
            case 7 -> "ARCNET_BSD";
            case 8 -> "SLIP";
            case 9 -> "PPP";
            case 10 -> "FDDI";
            case 12, 14, 101 -> "RAW";
            case 50 -> "PPP_HDLC";
            case 51 -> "PPP_ETHER";
            case 100 -> "ATM_RFC1483";
            case 104 -> "C_HDLC";
            case 105 -> "IEEE802_11";
            case 107 -> "FRELAY";
            case 108 -> "LOOP";
            case 113 -> "LINUX_SLL";
            case 114 -> "LTALK";
            case 117 -> "PFLOG";
            case 119 -> "IEEE802_11_PRISM";
            case 122 -> "IP_OVER_FC";
            case 123 -> "SUNATM";
            case 127 -> "IEEE802_11_RADIOTAP";
            case 129 -> "ARCNET_LINUX";
            case 138 -> "APPLE_IP_OVER_IEEE1394";
            case 140 -> "MTP2";
            case 141 -> "MTP3";
            case 143 -> "DOCSIS";
            case 144 -> "LINUX_IRDA";
            case 163 -> "IEEE802_11_AVS";
            case 166 -> "PPP_PPPD";
            case 187 -> "BLUETOOTH_HCI_H4";
            case 189 -> "USB_LINUX";
            case 192 -> "PPI";
            case 195 -> "IEEE802_15_4_WITHFCS";
            case 197 -> "ERF";
            case 201 -> "BLUETOOTH_HCI_H4_WITH_PHDR";
            case 220 -> "USB_LINUX_MMAPPED";
            case 224 -> "FC_2";
            case 227 -> "CAN_SOCKETCAN";
            case 228 -> "IPV4";
            case 229 -> "IPV6";
            case 230 -> "IEEE802_15_4_NOFCS";
            case 231 -> "DBUS";
            case 239 -> "NFLOG";
            case 240 -> "NETANALYZER";
            case 241 -> "NETANALYZER_TRANSPARENT";
            case 242 -> "IPOIB";
            case 247 -> "INFINIBAND";
            case 248 -> "SCTP";
            case 249 -> "USBPCAP";
            case 251 -> "BLUETOOTH_LE_LL";
            case 253 -> "NETLINK";
            case 254 -> "BLUETOOTH_LINUX_MONITOR";
            case 258 -> "PKTAP";
            case 271 -> "VSOCK";
            case 272 -> "NORDIC_BLE";
            case 274 -> "ETHERNET_MPACKET";
            case 276 -> "LINUX_SLL2";
            default -> linkType >= 147 && linkType <= 162 ? "USER" + (linkType - 147) : "";
        };
    }
}
