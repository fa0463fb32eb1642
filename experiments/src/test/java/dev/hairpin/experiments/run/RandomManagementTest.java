package dev.hairpin.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.run.ActorRun.Means;
import dev.hairpin.experiments.testkit.Ledger;
import dev.hairpin.experiments.testkit.Made;
import dev.hairpin.experiments.testkit.Runs;
import dev.hairpin.experiments.topology.Reading;
import dev.hairpin.experiments.topology.TopologyFile;
import dev.hairpin.experiments.topology.TopologyReader;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.topology.LanSettings.Limits;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random operations of guests, privileged domain and chassis manager while traffic passes, on every family of devices: Rig and
 * actors come to the same.
 */
class RandomManagementTest {
    private static final long SEED = Long.getLong("hairpin.seed", 4711);
    private static final int FRAMES = Integer.getInteger("hairpin.frames", 600);
    private static final int CHANGES = 150;
    private static final int FUNCTIONS = 5;

    private static final List<String> IN_A_GUEST = List.of(
            "ip link set dev eth0 address 02:00:00:00:00:0%d",
            "ip link set dev eth0 down",
            "ip link set dev eth0 up",
            "ip link set dev eth0 promisc on",
            "ip link set dev eth0 promisc off",
            "ip link set dev eth0 allmulticast on",
            "ip link set dev eth0 mtu 1%d00",
            "ip maddr add 01:00:5e:00:00:0%d dev eth0",
            "ip link add link eth0 name eth0.1%1$d type vlan id 1%1$d",
            "ip link del eth0.1%d",
            "bridge fdb add 02:00:00:00:00:1%d dev eth0",
            "bridge fdb del 02:00:00:00:00:1%d dev eth0",
            "ip link set dev nic0 vf %d trust on");

    private static final List<String> ABOVE = List.of(
            "ip link set dev nic0 vf %d trust on",
            "ip link set dev nic0 vf %d spoofchk on",
            "ip link set dev nic0 vf %d vlan 1%1$d",
            "ip link set dev nic0 vf %d vlan 0",
            "ip link set dev nic0 vf %d mac 02:00:00:00:00:2%1$d",
            "privilege nic0 mac managed",
            "privilege nic0 mac guest",
            "privilege nic0 vlan chassis",
            "privilege nic0 vlan guest",
            "profile web vf%d",
            "profile lab vf%d",
            "policy nic0 strict",
            "fault nic0 pf-silent",
            "fault vf%d mailbox-flood",
            "fault vf%d malicious",
            "fault vf%d over",
            "fault nic0 over",
            "fault nic0 over");

    private static String lan(String device, SplittableRandom chance) {
        StringBuilder lan = new StringBuilder("nics.nic0 { mode = veb, device = \"" + device + "\", vfs {\n");
        for (int vf = 0; vf < FUNCTIONS; vf++) {
            lan.append("vf%d { mac = \"02:00:00:00:00:0%d\", trunk = [] }\n".formatted(vf, vf + 1));
        }
        lan.append("""
                } }
                bridge { ports { p0 { to = nic0, reflective-relay = on }, ext0 {} } }
                stations { ext0 { mac = "02:00:00:00:00:0f" } }
                policies.strict = [ { match = "ether proto 0x9001", action = drop } ]
                profiles {
                  web { type = 3, version = 1, vlan = 10, rate = 800kbit }
                  lab { type = 4, trunk = [10, 11], trust = on, rules = [ { match = "ether proto 0x9002", action = drop } ] }
                }
                changes = [
                """);
        for (int change = 0; change < CHANGES; change++) {
            boolean guest = chance.nextInt(10) < 7;
            List<String> lines = guest ? IN_A_GUEST : ABOVE;
            String in =
                    guest ? "in = vf" + chance.nextInt(FUNCTIONS) + ", " : chance.nextBoolean() ? "in = chassis, " : "";
            String line = lines.get(chance.nextInt(lines.size())).formatted(chance.nextInt(FUNCTIONS));
            lan.append("{ at = %dus, %sdo = \"%s\" }\n".formatted(chance.nextInt(FRAMES * 10), in, line));
        }
        return lan.append("]\n").toString();
    }

    private static Made traffic(SplittableRandom chance) {
        Made made = new Made();
        for (int frame = 0; frame < FRAMES; frame++) {
            int from = address(chance);
            int kind = chance.nextInt(8);
            long to = kind == 0
                    ? Mac.BROADCAST
                    : kind == 1 ? 0x0100_5e00_0000L + chance.nextInt(FUNCTIONS) : Made.station(address(chance));
            long time = frame * 10_000L;
            switch (chance.nextInt(4)) {
                case 0 -> made.tagged(time, from, to, 10 + chance.nextInt(FUNCTIONS));
                case 1 -> made.typed(time, from, to, 0x9001 + chance.nextInt(3));
                default -> made.frame(time, from, to);
            }
        }
        return made;
    }

    /** Of a function at first, of one perhaps later, or of the station outside. */
    private static int address(SplittableRandom chance) {
        int function = chance.nextInt(FUNCTIONS);
        return switch (chance.nextInt(8)) {
            case 0 -> 0x0f;
            case 1 -> 0x10 + function;
            case 2 -> 0x20 + function;
            default -> function + 1;
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"82576", "82599", "x3100", "ieee"})
    void rigAndActorsComeToTheSame(String device, @TempDir Path folder) throws Exception {
        SplittableRandom chance = new SplittableRandom(SEED);
        Path capture = traffic(chance).write(folder.resolve("frames.pcap"));
        Reading reading = TopologyReader.read("random.conf", lan(device, chance));
        TopologyFile file = reading.topology().orElseThrow(() -> new AssertionError(reading.problems()));
        long refused = file.changes().stream()
                .filter(change -> !change.refusal().isEmpty())
                .count();
        assertThat(refused).as("-Dhairpin.seed=%d", SEED).isBetween(CHANGES / 10L, CHANGES * 9L / 10);
        Runs runs = Runs.of(capture, file);
        for (Mode mode : Mode.values()) {
            Ledger ledger = runs.ledger(mode, Limits.NONE);
            Ledger.Arrived arrived = new Ledger.Arrived();
            assertThat(runs.actors(mode, Limits.NONE, 64, new Means(2, 3, false), folder.resolve(mode.word()), arrived))
                    .as("-Dhairpin.seed=%d", SEED)
                    .isEqualTo(runs.rig(mode, Limits.NONE, 4096));
            assertThat(arrived.byEnd().equals(ledger.arrivals().byEnd()))
                    .as("what arrives, end by end, with -Dhairpin.seed=%d", SEED)
                    .isTrue();
        }
    }
}
