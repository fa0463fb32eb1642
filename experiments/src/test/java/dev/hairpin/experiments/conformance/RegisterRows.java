package dev.hairpin.experiments.conformance;

import static dev.hairpin.model.decision.Evidence.ASSUMED;
import static dev.hairpin.model.decision.Evidence.CODE;
import static dev.hairpin.model.decision.Evidence.DOCUMENT;
import static dev.hairpin.model.decision.Evidence.EMULATOR;
import static dev.hairpin.model.decision.Evidence.INFERRED;

import dev.hairpin.model.decision.Evidence;
import dev.hairpin.model.mailbox.Mailbox;
import dev.hairpin.model.mailbox.Message.Verb;
import dev.hairpin.model.pci.PciDevice;
import dev.hairpin.model.pci.PciModel;
import dev.hairpin.model.pci.PciModels;
import dev.hairpin.model.pci.Register;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The tables that docs/registers.md is of. Rows of a capability, bits of a mailbox and messages are those of the code; rules
 * that no table of the code has are listed here.
 */
final class RegisterRows {
    private static final int SRIOV = 0x160;
    private static final int SRIOV_END = 0x1a0;
    private static final String MBX = "igb and ixgbe: e1000_mbx.h, ixgbe_mbx.h";
    private static final String QEMU = "QEMU's igb";
    private static final String IOV_SPEC = "Single Root I/O Virtualization 1.1, ";
    private static final String IOV = "Linux: drivers/pci/iov.c";
    private static final String IXGBE = "Linux: ixgbe_sriov.c";
    private static final String IGB = "Linux: igb_main.c";
    private static final String VXGE = "Linux 4.9: vxge, verify_bandwidth";

    /** What igb answers; to all others it says that it does not know them. */
    private static final Set<Verb> OF_IGB = EnumSet.of(
            Verb.RESET, Verb.SET_MAC_ADDR, Verb.SET_MULTICAST, Verb.SET_VLAN, Verb.SET_LPE, Verb.SET_MACVLAN);

    private final List<RegisterRow> rows = new ArrayList<>();

    private RegisterRows() {}

    /** All of them, table by table. */
    static List<RegisterRow> all() {
        RegisterRows all = new RegisterRows();
        all.capability();
        all.functions();
        all.switching();
        all.mailbox();
        all.messages();
        all.waiting();
        all.resets();
        all.vlans();
        all.rates();
        all.paths();
        return all.rows;
    }

    private void capability() {
        PciModel model = PciModels.named("82576").orElseThrow();
        PciDevice device = new PciDevice(model, model.modes().get(0), 5);
        for (Register register : device.table(0)) {
            if (register.offset() >= SRIOV && register.offset() < SRIOV_END) {
                String what = "at 0x%02x, %d octets".formatted(register.offset() - SRIOV, register.octets());
                add("SR-IOV", register.name(), what, register.evidence(), register.source());
            }
        }
    }

    private void functions() {
        String spec = "Single Root I/O Virtualization 1.1, 3.4, as it is remembered";
        add("VF", "routing id", "PF + offset + stride x n; the carry goes into the bus", DOCUMENT, IOV_SPEC + "2.1.2");
        add("VF", "identity", "vendor and device read ones: they are those of the capability", EMULATOR, QEMU);
        add("VF", "no INTx", "neither pin nor line", INFERRED, spec);
        add("VF", "own BARs", "read zero and take nothing", INFERRED, spec);
        add("VF", "no I/O ports", "Command takes bus master only", INFERRED, spec);
        add("VF", "memory", "is switched by VF MSE of the PF", INFERRED, spec);
        add(
                "VF",
                "window n",
                "at base + n sizes, or pages of the system where these are larger",
                DOCUMENT,
                IOV_SPEC + "3.3.14");
        add("VF", "NumVFs while enabled", "is not taken", DOCUMENT, IOV_SPEC + "3.3.7");
        add("VF", "NumVFs beyond TotalVFs", "makes none", INFERRED, "the result is undefined in 3.3.7");
        add("VF", "settling", "100 ms after VF Enable", DOCUMENT, IOV_SPEC + "3.3.3.1");
        add("VF", "vanishing", "1 s after it was cleared", DOCUMENT, IOV_SPEC + "3.3.3.1");
    }

    private void switching() {
        add("sriov_numvfs", "order", "NumVFs, then VF Enable and MSE together; then 100 ms", CODE, IOV);
        add("sriov_numvfs", "ERANGE", "beyond TotalVFs, or what the driver takes: igb 7 of 8", CODE, IOV);
        add("sriov_numvfs", "no change", "the same number again", CODE, IOV);
        add("sriov_numvfs", "EBUSY", "another number while some are enabled", CODE, IOV);
        add("sriov_numvfs", "ENOENT", "without the capability", CODE, IOV);
    }

    /** The bits are the constants of the class that has them. */
    private void mailbox() {
        for (Field field : Mailbox.class.getDeclaredFields()) {
            int modifiers = field.getModifiers();
            if (Modifier.isPublic(modifiers) && Modifier.isStatic(modifiers)) {
                add("Mailbox", field.getName(), value(field), CODE, MBX);
            }
        }
        add("Mailbox", "read to clear", "PFSTS, PFACK and RSTD: 0xb0", EMULATOR, QEMU);
        add("Mailbox", "ownership", "VFU is not had while PFU is set, nor the other way round", EMULATOR, QEMU);
        add("Mailbox", "MBVFICR", "VFREQ and VFACK, each cleared by writing one", EMULATOR, QEMU);
    }

    private static String value(Field field) {
        try {
            return "0x%02x".formatted(field.getInt(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private void messages() {
        for (Verb verb : Verb.values()) {
            if (verb == Verb.PF_CONTROL) {
                add("Messages", "PF_CONTROL", "a ping; without CTS: reset yourself", CODE, IXGBE + ", ixgbe_ping_vf");
            } else {
                add("Messages", "ixgbe " + verb, "its answer and its refusals", CODE, IXGBE);
                boolean known = OF_IGB.contains(verb);
                add("Messages", "igb " + verb, known ? "likewise" : "not known", CODE, IGB);
            }
        }
        add("Messages", "before RESET", "all else is refused", CODE, IXGBE + ", " + IGB);
        add("Messages", "an answer", "is not answered", CODE, IXGBE + ", " + IGB);
        add("Messages", "ACK NACK CTS", "word 0 of an answer: 0x80000000, 0x40000000, 0x20000000", CODE, MBX);
    }

    private void waiting() {
        String mbx = "Linux: igbvf and ixgbevf, mbx.c";
        add("Waiting", "2,000 tries", "500 us apart; then the guest's driver gives up", CODE, mbx);
        add("Waiting", "after that", "it sends nothing more until it is reset", CODE, mbx);
        add(
                "Waiting",
                "rounds",
                "one request of each function in a round: a flood costs others one answer",
                CODE,
                IXGBE);
        add("Waiting", "trust", "ixgbe pings without CTS: the guest resets itself and asks anew", CODE, IXGBE);
    }

    private void resets() {
        add("Reset", "VF FLR", "its queues are off, and no other's", EMULATOR, QEMU + ", igb_vf_reset");
        add("Reset", "FLR settles", "no answer for 100 ms", DOCUMENT, "PCI Express Base 2.1, 6.6.2");
        add("Reset", "FLR keeps", "payload size and what is sticky", DOCUMENT, "PCI Express Base 2.1, 6.6.2");
        add("Reset", "PF FLR", "VF Enable is clear, virtual functions are gone", DOCUMENT, "SR-IOV 1.1, 2.2.3");
        add("Reset", "VF Enable cleared", "all state of virtual functions is gone", DOCUMENT, "SR-IOV 1.1, 3.3.3.1");
        add(
                "Reset",
                "RESET message",
                "VLANs, groups, addresses, version: what the guest had asked for is gone",
                CODE,
                IXGBE);
        add("Reset", "RESET restores", "what the administrator set stays", CODE, IXGBE);
        add("Reset", "mailbox words", "are cleared", CODE, IXGBE);
        add("Reset", "RSTI then RSTD", "while the PF is reset, and once when it is over", EMULATOR, QEMU);
        add("Reset", "guest on RSTD", "resets its function and asks for all anew", CODE, "Linux: ixgbevf, igbvf");
        add("Reset", "vpath", "X3100: others are undisturbed, frames are counted", CODE, "vxge: vpath reset");
        add("Reset", "malicious driver", "the function is switched off", CODE, "ixgbe: check_mdd_event");
    }

    private void vlans() {
        add("VLAN", "join and leave", "SET_VLAN with info 1 and 0", CODE, IXGBE);
        add("VLAN", "leaving 0", "is granted and changes nothing", CODE, IXGBE);
        add("VLAN", "in a port VLAN", "refused", CODE, IXGBE);
        add("VLAN", "table full", "refused: VLVF has 64 entries, 32 on 82576", CODE, IXGBE);
        add("VLAN", "entry in use", "is joined although the table is full", CODE, IXGBE);
        add("VLAN", "port VLAN inserts", "VMVIR: untagged frames get its tag", EMULATOR, QEMU);
        add("VLAN", "transparent", "GET_QUEUES tells of a port VLAN", CODE, IXGBE);
    }

    private void rates() {
        String igb = "Linux: igb_ndo_set_vf_bw";
        String ixgbe = "Linux: ixgbe_ndo_set_vf_bw";
        add("Rates", "igb min_tx_rate", "EINVAL unless 0", CODE, igb);
        add("Rates", "igb max_tx_rate", "0 to the link's rate", CODE, igb);
        add("Rates", "igb remainder", "in the bits behind the point", CODE, igb);
        add("Rates", "ixgbe min_tx_rate", "EINVAL unless 0", CODE, ixgbe);
        add("Rates", "ixgbe max_tx_rate", "11 to 10,000 Mb/s; 10 is not taken", CODE, ixgbe);
        add("Rates", "ixgbe off", "0", CODE, ixgbe);
        add("Rates", "ixgbe link speed", "up, at 10 Gb/s and nothing else", CODE, ixgbe);
        add("Rates", "RTTBCNRC factor", "link / rate, 14.14 bits; bit 31 enables", CODE, ixgbe);
        add("Rates", "RTTBCNRM", "0x4 for 82599, 0x14 for X540", CODE, ixgbe);
        add("Rates", "every queue", "has the limit, so a function n times", INFERRED, ixgbe);
        add("Rates", "speed change", "cancels limits", CODE, "Linux: check_vf_rate_limit");
    }

    private void paths() {
        add("Rates", "vxge nothing specified", "5 % each", CODE, VXGE);
        add("Rates", "vxge a zero", "anywhere: equal", CODE, VXGE);
        add("Rates", "vxge more than 100", "equal", CODE, VXGE);
        add("Rates", "vxge exactly 100", "with paths unspecified: equal", CODE, VXGE);
        add("Rates", "vxge less than 100", "with all specified: taken", CODE, VXGE);
        add("Rates", "vxge rest is split", "[50, 0xff...]: 3 % each", CODE, VXGE);
        add("Rates", "vxge rest below 2 %", "[90, 0xff...]: equal", CODE, VXGE);
        add("Rates", "vxge tail", "begins with the first 0xff", CODE, VXGE);
        add(
                "Rates",
                "vxge paths",
                "17, divided evenly among the functions of a mode",
                ASSUMED,
                "firmware; vxge has 17");
    }

    private void add(String table, String name, String what, Evidence evidence, String source) {
        rows.add(new RegisterRow(table, name, what, evidence, source));
    }

    /** Tables in their order. */
    static List<String> tables(List<RegisterRow> rows) {
        return rows.stream().map(RegisterRow::table).distinct().toList();
    }

    /** Grades, the best first. */
    static List<Evidence> grades() {
        return Arrays.asList(Evidence.values());
    }
}
