package dev.hairpin.experiments.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.topology.Lan;
import dev.hairpin.model.topology.LanSettings;
import dev.hairpin.model.topology.LanSettings.Limits;
import dev.hairpin.pcap.Capture;
import dev.hairpin.pcap.CaptureReader;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlacementPropertyTest {
    private static final String[] INTERFACES = {"vf0", "vf1", "pf", "ext0", "ext3", "uplink", "br.uplink", "eth0"};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyFrameEntersOnceOrIsCounted(boolean byInterface) throws PlacementRefused {
        long first = Long.getLong("seed", 0);
        for (long seed = first; seed < first + 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int total = random.nextInt(200);
            CaptureMaker maker = new CaptureMaker(INTERFACES);
            for (int i = 0; i < total; i++) {
                maker.by(random.nextInt(INTERFACES.length), random.nextInt(3), octets(random));
            }
            Capture capture = maker.capture(folder);
            CaptureSurvey survey = CaptureSurvey.of(capture, frame -> frame.number() % 7 != 0, byInterface);
            PlacementOptions options =
                    PlacementOptions.DEFAULT.withByInterface(byInterface).withMaxExternalPorts(1 + random.nextInt(6));
            Placement placement = Placement.choose(survey, options);
            Lan.of(new LanSettings(
                    Mode.VEPA, true, placement.vsis(), placement.externalPorts(), placement.known(0), Limits.NONE));

            int ports = placement.vsis().size() + placement.externalPorts();
            long entered = 0;
            long left = 0;
            CaptureReader reader = capture.frames();
            while (reader.next()) {
                if (reader.number() % 7 != 0) {
                    int port = placement.port(capture.slab(), reader);
                    assertThat(port)
                            .as("seed %d frame %d", seed, reader.number())
                            .isBetween(-1, ports - 1);
                    entered += port >= 0 ? 1 : 0;
                    left += port < 0 ? 1 : 0;
                }
            }
            CaptureCounts counts = survey.counts();
            assertThat(entered).as("seed %d", seed).isEqualTo(counts.frames());
            assertThat(left).as("seed %d", seed).isEqualTo(counts.notEntering());
            assertThat(counts.frames() + counts.notEntering() + counts.filtered())
                    .as("seed %d", seed)
                    .isEqualTo(total);
            assertThat(PlacementReport.lines(placement)).isNotEmpty();
        }
    }

    /** Mostly frames of a few stations, some of chance alone. */
    private static byte[] octets(SplittableRandom random) {
        byte[] octets = new byte[random.nextInt(80)];
        random.nextBytes(octets);
        if (octets.length >= 14 && random.nextInt(8) > 0) {
            byte[] known = Frames.frame()
                    .from(Frames.station(random.nextInt(12)))
                    .to(Frames.station(random.nextInt(12)))
                    .hex(new String[] {"0800", "0806", "86dd", "8100", "0026"}[random.nextInt(5)])
                    .octets();
            System.arraycopy(known, 0, octets, 0, known.length);
        }
        return octets;
    }
}
