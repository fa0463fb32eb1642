package dev.hairpin.model.bridge;

/**
 * Which of the group addresses 01-80-C2-00-00-00 to -0F a bridge does not relay (802.1Q-2022 8.6.3, tables 8-1 to 8-3).
 * PAUSE, -01, is relayed by none.
 */
public enum Component {
    /** C-VLAN component: none of them. */
    C_VLAN(0x0000),
    /** S-VLAN component: 00, 0B, 0C, 0D and 0F are relayed. */
    S_VLAN(0xB801),
    /** Two-port MAC relay: all are relayed but 01, 02, 04 and 0E. */
    TPMR(0xBFE9),
    /**
     * The Linux bridge: {@code group_fwd_mask} says it; with VLAN filtering and 802.1ad those of an S-VLAN component come to
     * it; and 00 is ordinary multicast while nobody runs the spanning tree.
     */
    LINUX(0x0000);

    private final int relayed;

    Component(int relayed) {
        this.relayed = relayed;
    }

    /** One bit for each of the sixteen addresses. */
    int relayed() {
        return relayed;
    }
}
