package dev.hairpin.model.bridge;

import dev.hairpin.model.frame.Mac;

/**
 * An entry of the filtering database that was made by hand.
 *
 * @param address of a station, see {@link Mac}
 * @param vid VLAN, 1 to 4094, or 0 for frames of none: one means nothing while the bridge filters VLANs, the other nothing
 *     while it does not
 * @param port by number; {@link #BRIDGE} for an address of the bridge as a whole
 * @param kind STATIC, STICKY or LOCAL
 */
public record FdbEntry(long address, int vid, int port, EntryKind kind) {
    /** In place of a port. */
    public static final int BRIDGE = -1;

    public FdbEntry {
        if (!Mac.isStation(address) || address >>> 48 != 0) {
            throw new IllegalArgumentException("found " + Mac.format(address) + ", expected a station's address");
        }
        if (vid < 0 || vid > BridgePort.LAST_VID) {
            throw new IllegalArgumentException("found VLAN " + vid + ", expected 1 to 4094, or 0 for none");
        }
        if (kind != EntryKind.STATIC && kind != EntryKind.STICKY && kind != EntryKind.LOCAL) {
            throw new IllegalArgumentException("found an entry " + kind.word() + ", expected static, sticky or local");
        }
    }
}
