package dev.hairpin.experiments.pci;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The lines that {@code lspci} prints of an endpoint's PCI Express capability. */
final class ExpressText {
    private static final List<String> LATENCY_L0S =
            List.of("<64ns", "<128ns", "<256ns", "<512ns", "<1us", "<2us", "<4us", "unlimited");
    private static final List<String> LATENCY_L1 =
            List.of("<1us", "<2us", "<4us", "<8us", "<16us", "<32us", "<64us", "unlimited");
    private static final List<String> MANAGEMENT = List.of("not supported", "L0s", "L1", "L0s L1");
    private static final Map<Integer, String> SPEED =
            Map.of(1, "2.5GT/s", 2, "5GT/s", 3, "8GT/s", 4, "16GT/s", 5, "32GT/s", 6, "64GT/s");
    private static final Map<Integer, String> COMPLETION = Map.of(
            0, "50us to 50ms",
            1, "50us to 100us",
            2, "1ms to 10ms",
            5, "16ms to 55ms",
            6, "65ms to 210ms",
            9, "260ms to 900ms",
            10, "1s to 3.5s",
            13, "4s to 13s",
            14, "17s to 64s");

    private final Registers registers;
    private final boolean all;
    private final List<String> lines;

    ExpressText(Registers registers, boolean all, List<String> lines) {
        this.registers = registers;
        this.all = all;
        this.lines = lines;
    }

    private void add(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }

    /** Tells the capability at {@code at}. */
    void tell(int at) {
        int type = registers.word(at + 2);
        if (!all) {
            add("\tCapabilities: [%x] Express Endpoint, MSI %02x", at, type >> 9 & 0x1f);
            return;
        }
        add("\tCapabilities: [%x] Express (v%d) Endpoint, MSI %02x", at, type & 0xf, type >> 9 & 0x1f);
        device(registers.doubleWord(at + 0x04), registers.word(at + 0x08), registers.word(at + 0x0a));
        link(registers.doubleWord(at + 0x0c), registers.word(at + 0x10), registers.word(at + 0x12));
        device2(registers.doubleWord(at + 0x24), registers.word(at + 0x28));
        link2(registers.word(at + 0x30));
    }

    private void device(long can, int control, int status) {
        add(
                "\t\tDevCap:\tMaxPayload %d bytes, PhantFunc %d, Latency L0s %s, L1 %s",
                128 << (can & 7), (1 << (can >> 3 & 3)) - 1, LATENCY_L0S.get((int) (can >> 6 & 7)), LATENCY_L1.get((int)
                        (can >> 9 & 7)));
        add(
                "\t\t\t%s SlotPowerLimit 0W",
                Flags.of(
                        can,
                        "ExtTag AttnBtn AttnInd PwrInd RBE FLReset",
                        0x20,
                        0x1000,
                        0x2000,
                        0x4000,
                        0x8000,
                        0x1000_0000));
        add("\t\tDevCtl:\t%s", Flags.from(1, control, "CorrErr NonFatalErr FatalErr UnsupReq"));
        add(
                "\t\t\t%s",
                Flags.of(
                        control,
                        "RlxdOrd ExtTag PhantFunc AuxPwr NoSnoop FLReset",
                        0x10,
                        0x100,
                        0x200,
                        0x400,
                        0x800,
                        0x8000));
        add("\t\t\tMaxPayload %d bytes, MaxReadReq %d bytes", 128 << (control >> 5 & 7), 128 << (control >> 12 & 7));
        add("\t\tDevSta:\t%s", Flags.from(1, status, "CorrErr NonFatalErr FatalErr UnsupReq AuxPwr TransPend"));
    }

    private void link(long can, int control, int status) {
        int management = (int) (can >> 10 & 3);
        String exit = management == 0
                ? ""
                : ", Exit Latency "
                        + ((management & 1) != 0 ? "L0s " + LATENCY_L0S.get((int) (can >> 12 & 7)) : "")
                        + (management == 3 ? ", " : "")
                        + ((management & 2) != 0 ? "L1 " + LATENCY_L1.get((int) (can >> 15 & 7)) : "");
        add(
                "\t\tLnkCap:\tPort #%d, Speed %s, Width x%d, ASPM %s%s",
                can >> 24, speed((int) can), can >> 4 & 0x3f, MANAGEMENT.get(management), exit);
        add("\t\t\t%s", Flags.from(0x40000, can, "ClockPM Surprise LLActRep BwNot ASPMOptComp"));
        add(
                "\t\tLnkCtl:\tASPM %s; RCB %d bytes, %s",
                (control & 3) == 0 ? "Disabled" : MANAGEMENT.get(control & 3) + " Enabled",
                (control & 8) != 0 ? 128 : 64,
                Flags.of(control, "Disabled CommClk", 0x10, 0x40));
        add("\t\t\t%s", Flags.from(0x80, control, "ExtSynch ClockPM AutWidDis BWInt AutBWInt"));
        add("\t\tLnkSta:\tSpeed %s, Width x%d", speed(status), status >> 4 & 0x3f);
        add("\t\t\t%s", Flags.from(0x400, status, "TrErr Train SlotClk DLActive BWMgmt ABWMgmt"));
    }

    private static String speed(int register) {
        return SPEED.getOrDefault(register & 0xf, "unknown");
    }

    /** Of a device whose completion timeout can be switched off and has the usual range only. */
    private void device2(long can, int control) {
        add("\t\tDevCap2: Completion Timeout: Not Supported, %s NROPrPrP- LTR-", Flags.of(can, "TimeoutDis", 0x10));
        lines.add("\t\t\t 10BitTagComp- 10BitTagReq- OBFF Not Supported, ExtFmt- EETLPPrefix-");
        lines.add("\t\t\t EmergencyPowerReduction Not Supported, EmergencyPowerReductionInit-");
        lines.add("\t\t\t FRS- TPHComp- ExtTPHComp-");
        lines.add("\t\t\t AtomicOpsCap: 32bit- 64bit- 128bitCAS-");
        add(
                "\t\tDevCtl2: Completion Timeout: %s, %s LTR- 10BitTagReq- OBFF Disabled,",
                COMPLETION.getOrDefault(control & 0xf, "Unknown"), Flags.of(control, "TimeoutDis", 0x10));
        lines.add("\t\t\t AtomicOpsCtl: ReqEn-");
    }

    /** A device has one link: lspci tells how it is controlled at the first function only. */
    private void link2(int control) {
        if ((registers.routingId() & 0xff) == 0) {
            add(
                    "\t\tLnkCtl2: Target Link Speed: %s, EnterCompliance- SpeedDis-",
                    SPEED.getOrDefault(Math.max(1, control & 0xf), "Unknown"));
            lines.add("\t\t\t Transmit Margin: Normal Operating Range, EnterModifiedCompliance- ComplianceSOS-");
            lines.add("\t\t\t Compliance Preset/De-emphasis: -6dB de-emphasis, 0dB preshoot");
        }
        lines.add("\t\tLnkSta2: Current De-emphasis Level: -6dB, EqualizationComplete- EqualizationPhase1-");
        lines.add("\t\t\t EqualizationPhase2- EqualizationPhase3- LinkEqualizationRequest-");
        lines.add("\t\t\t Retimer- 2Retimers- CrosslinkRes: unsupported");
    }
}
