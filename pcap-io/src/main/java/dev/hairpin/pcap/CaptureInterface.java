package dev.hairpin.pcap;

/**
 * An interface of a capture. A pcap file has one without a name.
 *
 * @param index from 0, over all sections of the file
 * @param section the section it is described in, from 0
 * @param name its name at the operating system, or empty
 * @param description what the capturing program says of it, or empty
 * @param linkType see {@link LinkType}
 * @param snapLength octets kept of each frame at most; 0 when unlimited
 * @param resolution how its times are to be read
 * @param fcsLength octets of frame check sequence behind each frame; 0 when there is none or it is not known
 */
public record CaptureInterface(
        int index,
        int section,
        String name,
        String description,
        int linkType,
        long snapLength,
        TimeResolution resolution,
        int fcsLength) {
    /** Whether its frames are Ethernet frames. */
    public boolean isEthernet() {
        return linkType == LinkType.ETHERNET;
    }
}
