package dev.hairpin.model.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.device.Devices;
import dev.hairpin.model.pci.FunctionMode;
import dev.hairpin.model.pci.PciModel;
import dev.hairpin.model.pci.PciModels;
import dev.hairpin.model.privilege.Sharing;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.testkit.Dice;
import dev.hairpin.model.testkit.Property;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A function mode changes what is enumerated and who is privileged, never what becomes of a frame. */
class FunctionModePropertyTest {
    private static final int FRAMES = 60;
    private static final PciModel X3100 = PciModels.named("x3100").orElseThrow();

    /** Of each mode with a function for every station, and in one with root complexes, however they divide them. */
    @Test
    void everyFrameHasTheSameFateInEveryMode() {
        Property.forAll(150, dice -> {
            LanCase lan = dice.percent(50) ? LanCase.bridging(dice, FRAMES) : LanCase.crowded(dice, FRAMES);
            LanSettings usual = in(lan.settings(), Sharing.USUAL);
            List<Object> fates = RigRun.inAnyWaves(dice, usual, lan.sent()).result();
            for (FunctionMode mode : X3100.modes()) {
                if (most(lan.settings()) < X3100.functions(mode)) {
                    LanSettings other = in(lan.settings(), dice, mode);
                    assertThat(other).isNotEqualTo(usual);
                    assertThat(RigRun.inAnyWaves(dice, other, lan.sent()).result())
                            .as(mode.name())
                            .isEqualTo(fates);
                }
            }
        });
    }

    private static int most(LanSettings lan) {
        return lan.nics().stream()
                .mapToInt(nic -> nic.settings().vsis().size())
                .max()
                .orElseThrow();
    }

    private static LanSettings in(LanSettings lan, Dice dice, FunctionMode mode) {
        return with(lan, settings -> sharing(settings, dice, mode));
    }

    private static LanSettings in(LanSettings lan, Sharing sharing) {
        return with(lan, settings -> sharing);
    }

    private interface Shared {
        Sharing of(NicSettings settings);
    }

    private static LanSettings with(LanSettings lan, Shared sharing) {
        List<LanNic> nics = lan.nics().stream()
                .map(nic -> {
                    NicSettings onCard = nic.settings()
                            .on(Devices.named("x3100").orElseThrow())
                            .leaving(nic.settings().privileges().shared(sharing.of(nic.settings())));
                    return nic.with(onCard);
                })
                .toList();
        return new LanSettings(nics, lan.bridge(), lan.known());
    }

    private static Sharing sharing(NicSettings nic, Dice dice, FunctionMode mode) {
        Map<String, List<String>> trees = new LinkedHashMap<>();
        if (mode.kind() == FunctionMode.Kind.MR_IOV) {
            List<String> functions = nic.vsis().stream().map(Vsi::name).toList();
            int first = dice.between(0, functions.size());
            trees.put("rc0", functions.subList(0, first));
            trees.put("rc1", functions.subList(first, functions.size()));
        }
        return new Sharing(mode.name(), trees);
    }
}
