package dev.hairpin.pcap;

/** Reads what the options of a pcapng interface description block say. */
final class InterfaceDescription {
    /** Octets of the block before its options. */
    static final int HEADER = 16;

    /** A file with more interfaces than this is not believed. */
    static final int MOST = 1 << 16;

    static final int NAME = 2;
    static final int DESCRIPTION = 3;
    static final int TIME_RESOLUTION = 9;

    private static final int FCS_LENGTH = 13;
    private static final int TIME_OFFSET = 14;
    private static final int LONGEST_TEXT = 1 << 10;
    private static final int MICROSECONDS = 6;

    private InterfaceDescription() {}

    static CaptureInterface read(int index, int section, int linkType, long snapLength, OptionWalk options) {
        String name = "";
        String description = "";
        int resolution = MICROSECONDS;
        long offset = 0;
        int fcsLength = 0;
        while (options.next()) {
            switch (options.code()) {
                case NAME -> name = options.text(LONGEST_TEXT);
                case DESCRIPTION -> description = options.text(LONGEST_TEXT);
                case TIME_RESOLUTION -> resolution = options.length() == 0 ? resolution : options.octet();
                case TIME_OFFSET -> offset = options.i64();
                case FCS_LENGTH -> fcsLength = fcsOctets(options.octet());
                default -> {
                    // Of no use here.
                }
            }
        }
        TimeResolution time = TimeResolution.ofOption(resolution, offset);
        return new CaptureInterface(index, section, name, description, linkType, snapLength, time, fcsLength);
    }

    /** The option is defined in bits, but there are programs that write octets: no FCS is shorter than 16 bits. */
    private static int fcsOctets(int option) {
        return option < 16 ? option : option / 8;
    }
}
