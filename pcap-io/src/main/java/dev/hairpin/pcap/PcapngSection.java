package dev.hairpin.pcap;

import java.util.List;

/**
 * What a reader of pcapng must know of the section it is in, and the interfaces of all sections up to here. Immutable.
 *
 * @param index which section, from 0; -1 before the first
 * @param littleEndian its byte order
 * @param firstInterface how many interfaces the sections before it have
 * @param interfaces of all sections up to here
 */
record PcapngSection(int index, boolean littleEndian, int firstInterface, List<CaptureInterface> interfaces) {
    /** Before the first section header. */
    static final PcapngSection NONE = new PcapngSection(-1, false, 0, List.of());
}
