package dev.hairpin.model.ring;

import dev.hairpin.model.link.Server;

/**
 * The PCI Express link of a NIC: what it carries each way, and what a frame is charged there.
 *
 * <p>What of the raw rate is left for packets: acknowledgements and updates of flow control, 8 octets each, come as often as
 * tables 2-46 and 3-7 of the PCI Express Base Specification 5.0 have it, SKP ordered sets of 4 every 1,538 symbols. A memory
 * write and a read request have 24 octets besides their data, a completion 20. What a frame moves is what an 82599 and ixgbe
 * move for it (82599 datasheet 1.9, 7.1 and 7.2): descriptors of 16 octets, those to send fetched 40 at a time and written
 * back 8 at a time, read requests of 512 octets at most, one interrupt for 32 frames. Neugebauer et al., "Understanding PCIe
 * performance for end host networking", SIGCOMM 2018.
 *
 * <p>A direction is charged with the frames that go its way, and with what the other way causes there (requests and
 * write-backs towards the host, descriptors of free buffers towards the device) by a fixed share: as if each frame that is
 * sent were received once in the same host. Between functions of one NIC that is so; of other traffic it charges too much.
 *
 * @param generation 1 to 3
 * @param lanes 1, 2, 4, 8 or 16
 * @param payload octets of a packet at most: 128, 256 or 512
 * @param buffer frames that wait in the device for the way to the host, {@link Integer#MAX_VALUE} for any number
 */
public record Pcie(int generation, int lanes, int payload, int buffer) {
    /** Takes no time. */
    public static final Pcie UNLIMITED = new Pcie(0, 0, 0, Integer.MAX_VALUE);

    private static final double[] GIGATRANSFERS = {2.5, 5, 8};
    private static final double[] CODING = {0.8, 0.8, 128.0 / 130};
    private static final double SKIP = 4.0 / 1_538;
    private static final int DLLP = 8;

    /** Octets from one acknowledgement to the next, by generation, lanes (1, 2, 4, 8, 16) and payload (128, 256, 512). */
    private static final int[][][] INTERVAL = {
        {{237, 416, 559}, {128, 217, 289}, {73, 118, 154}, {67, 107, 86}, {48, 72, 86}},
        {{288, 467, 610}, {179, 268, 340}, {124, 169, 205}, {118, 158, 137}, {99, 123, 137}},
        {{333, 512, 655}, {224, 313, 385}, {169, 214, 250}, {163, 203, 182}, {144, 168, 182}},
    };

    /** Charges are counted in so many parts of an octet, of which all shares are whole numbers. */
    private static final int PARTS = 40;

    private static final int WRITE = 24;
    private static final int REQUEST = 24;
    private static final int COMPLETION = 20;
    private static final int POINTER = 4;
    private static final int DESCRIPTOR = 16;
    private static final int FETCHED = 40;
    private static final int WRITTEN_BACK = 8;
    private static final int LONGEST_REQUEST = 512;
    private static final int FRAMES_AN_INTERRUPT = 32;
    private static final int FRAMES_A_LOOK = 8;

    public Pcie {
        boolean unlimited = generation == 0 && lanes == 0 && payload == 0;
        boolean known = generation >= 1
                && generation <= GIGATRANSFERS.length
                && lanes >= 1
                && lanes <= 16
                && Integer.bitCount(lanes) == 1
                && (payload == 128 || payload == 256 || payload == 512);
        if (!(unlimited || known) || buffer < 1) {
            throw new IllegalArgumentException("PCI Express of generation " + generation + " with " + lanes
                    + " lanes, payloads of " + payload + " octets and a buffer of " + buffer + " frames");
        }
    }

    /** Whether frames cross it in no time. */
    public boolean takesNoTime() {
        return generation == 0;
    }

    /** What is left for packets, each way, in bits a second. */
    public long rate() {
        if (takesNoTime()) {
            return Server.UNLIMITED;
        }
        double raw = GIGATRANSFERS[generation - 1] * 1e9 * CODING[generation - 1] * lanes;
        int interval = INTERVAL[generation - 1][Integer.numberOfTrailingZeros(lanes)][
                Integer.numberOfTrailingZeros(payload) - 7];
        return Math.round(raw * (1 - 2.0 * DLLP / interval - SKIP));
    }

    /** A server for one direction, which counts in the parts that charges are told in. */
    Server server(int places) {
        return takesNoTime() ? Server.unlimited() : new Server(Math.multiplyExact(rate(), PARTS), places, 0, 0);
    }

    /** What a frame that is sent takes of the way to the device, in parts of an octet; nothing where it takes no time. */
    int towardsDevice(int octets) {
        if (takesNoTime()) {
            return 0;
        }
        long own = POINTER + WRITE + REQUEST + packets(octets, payload) * COMPLETION + octets;
        long descriptors = packets(FETCHED * DESCRIPTOR, payload) * COMPLETION + FETCHED * DESCRIPTOR;
        long freeBuffer = DESCRIPTOR + COMPLETION;
        return parts(PARTS * (own + freeBuffer)
                + share(descriptors, FETCHED)
                + share(POINTER + WRITE, FRAMES_AN_INTERRUPT)
                + share(REQUEST, FRAMES_A_LOOK));
    }

    /** What a copy that is received takes of the way to the host, likewise. */
    int towardsHost(int octets) {
        if (takesNoTime()) {
            return 0;
        }
        long own = packets(octets, payload) * WRITE + octets + DESCRIPTOR + WRITE;
        long requests = packets(octets, LONGEST_REQUEST) * REQUEST + POINTER + COMPLETION;
        long writtenBack = packets(WRITTEN_BACK * DESCRIPTOR, payload) * WRITE + WRITTEN_BACK * DESCRIPTOR;
        return parts(PARTS * (own + requests)
                + 2 * share(POINTER + WRITE, FRAMES_AN_INTERRUPT)
                + share(POINTER + COMPLETION, FRAMES_A_LOOK)
                + share(packets(FETCHED * DESCRIPTOR, LONGEST_REQUEST) * REQUEST, FETCHED)
                + share(writtenBack, WRITTEN_BACK));
    }

    private static long packets(int octets, int longest) {
        return (octets - 1L) / longest + 1;
    }

    /** One of so many frames' share, in parts of an octet. */
    private static long share(long octets, int frames) {
        return PARTS * octets / frames;
    }

    /** A capture may claim a frame of any length. */
    private static int parts(long parts) {
        return (int) Math.min(parts, Integer.MAX_VALUE);
    }
}
