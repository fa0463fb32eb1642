package dev.hairpin.model.match;

/**
 * Where an Ethernet header ends, as far as tags have been asked for.
 *
 * @param type where the EtherType or length is
 * @param payload where what it announces begins
 */
record LinkHeader(int type, int payload) {
    static final LinkHeader OUTERMOST = new LinkHeader(12, 14);

    private static final long ALL_BITS = -1L;
    private static final int LARGEST_LENGTH = 1_500;
    private static final int TAG_OCTETS = 4;
    private static final int APPLETALK = 0x809B;
    private static final int APPLETALK_ARP = 0x80F3;
    private static final int IPX = 0x8137;

    /** Addresses of LLC. */
    private static final int SAP_IP = 0x06;

    static final int SAP_STP = 0x42;
    private static final int SAP_SNAP = 0xAA;
    static final int SAP_IPX = 0xE0;
    static final int SAP_NETBEUI = 0xF0;
    static final int SAP_ISO = 0xFE;

    LinkHeader behindTag() {
        return new LinkHeader(type + TAG_OCTETS, payload + TAG_OCTETS);
    }

    /** One of the three TPIDs that libpcap knows; the third is in no standard. */
    Condition isTagged() {
        return Condition.any(
                Condition.equal(type, 2, 0x8100), Condition.equal(type, 2, 0x88A8), Condition.equal(type, 2, 0x9100));
    }

    /** An EtherType, or the address of LLC that a number up to 1500 is, with the encapsulations that libpcap knows. */
    Condition announces(long value) {
        if (value == SAP_ISO || value == SAP_IP || value == SAP_NETBEUI) {
            return Condition.all(hasLength(), Condition.equal(payload, 2, (value << 8) | value));
        }
        if (value == SAP_IPX) {
            return Condition.any(
                    Condition.equal(type, 2, IPX),
                    Condition.all(
                            hasLength(),
                            Condition.any(
                                    snap(0, IPX),
                                    Condition.equal(payload, 1, SAP_IPX),
                                    Condition.equal(payload, 2, 0xFFFF))));
        }
        if (value == APPLETALK || value == APPLETALK_ARP) {
            return Condition.any(
                    Condition.equal(type, 2, value),
                    Condition.all(hasLength(), snap(value == APPLETALK ? 0x080007 : 0, value)));
        }
        return value <= LARGEST_LENGTH
                ? Condition.all(hasLength(), Condition.equal(payload, 1, value))
                : Condition.equal(type, 2, value);
    }

    private Condition hasLength() {
        return Condition.within(new Quantity.Field(type, 2), ALL_BITS, 0, LARGEST_LENGTH);
    }

    private Condition snap(long organization, long protocol) {
        return Condition.all(
                Condition.equal(payload + 4, 4, ((organization & 0xFFFF) << 16) | protocol),
                Condition.equal(
                        payload, 4, ((long) SAP_SNAP << 24) | (SAP_SNAP << 16) | 0x0300 | (organization >>> 16)));
    }

    /** An 802.2 frame; with a masked control octet when the mask is not zero. */
    Condition llc(int control, int mask) {
        Condition llc = Condition.all(hasLength(), Condition.not(Condition.equal(payload, 2, 0xFFFF)));
        return mask == 0 ? llc : Condition.all(llc, Condition.equal(payload + 2, 1, control, mask));
    }
}
