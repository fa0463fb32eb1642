package dev.hairpin.experiments.placement;

import dev.hairpin.model.frame.EthernetHeader;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.pcap.CaptureReader;

/** Counts frames by kind. */
final class FrameTally {
    private static final int LONGEST_UNTAGGED = 1514;
    private static final int TAG_OCTETS = 4;
    private static final int SHORTEST = 60;

    private final DuplicateWindow duplicateWindow = new DuplicateWindow();
    private long frames;
    private long octets;
    private long unicast;
    private long broadcast;
    private long multicast;
    private long tagged;
    private long duplicates;
    private long aboveMtu;
    private int longest;
    private long unpadded;
    private long cut;
    private long headerCut;
    private long noStation;
    private long untimed;
    private long filtered;
    private long notEntering;

    void filtered() {
        filtered++;
    }

    void notEntering() {
        notEntering++;
    }

    void noStation() {
        noStation++;
    }

    void add(Slab slab, CaptureReader frame, FrameHeaders headers, long time) {
        int length = frame.length();
        frames++;
        octets += length;
        longest = Math.max(longest, length);
        if (frame.captured() >= EthernetHeader.OCTETS) {
            long destination = headers.destination();
            if (destination == Mac.BROADCAST) {
                broadcast++;
            } else if (Mac.isGroup(destination)) {
                multicast++;
            } else {
                unicast++;
            }
        } else {
            headerCut++;
        }
        tagged += headers.tags() > 0 ? 1 : 0;
        aboveMtu += length > LONGEST_UNTAGGED + TAG_OCTETS * headers.tags() ? 1 : 0;
        unpadded += length < SHORTEST ? 1 : 0;
        cut += frame.captured() < length ? 1 : 0;
        untimed += frame.isTimed() ? 0 : 1;
        if (duplicateWindow.add(slab, frame.offset(), frame.captured(), length, time)) {
            duplicates++;
        }
    }

    CaptureCounts told() {
        return new CaptureCounts(
                frames,
                octets,
                unicast,
                broadcast,
                multicast,
                tagged,
                duplicates,
                aboveMtu,
                longest,
                unpadded,
                cut,
                headerCut,
                noStation,
                untimed,
                filtered,
                notEntering);
    }
}
