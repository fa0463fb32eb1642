package dev.hairpin.experiments.command;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.run.Manifest;
import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.experiments.testkit.Said;
import dev.hairpin.experiments.testkit.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hairpin export --anonymise --snap}: captures that may be shared, and that fare as the real ones. */
class AnonymousExportTest {
    private static final Path LAN = Captures.sample("lan.pcapng");
    private static final Path VLANS = Captures.sample("vlans.pcapng");

    private static Path run(Path folder, Path capture, String mode, Object... options) {
        Path run = folder.resolve(mode + "-" + capture.getFileName());
        List<Object> words = new ArrayList<>(List.of("replay", capture, "--mode", mode, "--out", run));
        words.addAll(List.of(options));
        assertThat(hairpin(words.toArray()).code()).isZero();
        return run;
    }

    private static Path export(Path run, String name, Object... options) {
        Path file = run.resolveSibling(name + ".pcapng");
        List<Object> words = new ArrayList<>(List.of("export", run, "-o", file));
        words.addAll(List.of(options));
        Said said = hairpin(words.toArray());
        assertThat(said.code()).as(said.err()).isZero();
        return file;
    }

    @Test
    void theExportOfAnotherNameFaresAsTheRealOne(@TempDir Path folder) throws Exception {
        for (Path capture : List.of(VLANS, LAN)) {
            for (String mode : List.of("veb", "vepa")) {
                Path run = run(folder, capture, mode, "--vfs=3");
                Path real = export(run, mode + "real" + capture.getFileName());
                Path mapped = export(run, mode + "mapped" + capture.getFileName(), "--anonymise", "--seed=x");
                String fate = fate(run(folder, real, mode, "--by-interface", "--fdb=cold"));
                assertThat(fate(run(folder, mapped, mode, "--by-interface", "--fdb=cold")))
                        .as("%s of %s", mode, capture)
                        .isEqualTo(fate);
            }
        }
    }

    private static String fate(Path run) throws Exception {
        return Manifest.read(run).text("seal", "fate").orElseThrow();
    }

    @Test
    void tsharkFindsNothingWrongThatWasNotAndNoAddressOfAStation(@TempDir Path folder) throws Exception {
        Tool.assumeThere("tshark");
        Path run = run(folder, LAN, "vepa", "--vfs=3");
        Path real = export(run, "real");
        Path mapped = export(run, "mapped", "--anonymise", "--seed=x");
        assertThat(dissected(mapped)).isEqualTo(dissected(real));
        Set<String> before = addresses(real);
        Set<String> after = addresses(mapped);
        assertThat(after).hasSameSizeAs(before);
        after.retainAll(before);
        assertThat(after)
                .allMatch(address -> address.matches("(?i)"
                        + "ff:ff:ff:ff:ff:ff|01:00:5e:.*|33:33:00:.*|00:00:00:00:00:00"
                        + "|2(2[4-9]|3.)\\..*|255\\.255\\.255\\.255|0\\.0\\.0\\.0|::|ff.*::.*"));
    }

    /** Of every frame the layers, and whether its checksums hold. */
    private static List<String> dissected(Path capture) throws Exception {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString(), "-T", "fields"));
        for (String layer : List.of("ip", "tcp", "udp")) {
            command.addAll(List.of("-o", layer + ".check_checksum:TRUE"));
        }
        for (String field : List.of("frame.protocols", "frame.len", "_ws.malformed")) {
            command.addAll(List.of("-e", field));
        }
        for (String layer : List.of("ip", "tcp", "udp", "icmp", "icmpv6", "igmp")) {
            command.addAll(List.of("-e", layer + ".checksum.status"));
        }
        return Tool.lines(command);
    }

    private static Set<String> addresses(Path capture) throws Exception {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString(), "-T", "fields"));
        for (String field : List.of(
                "eth.src",
                "eth.dst",
                "arp.src.hw_mac",
                "arp.src.proto_ipv4",
                "arp.dst.proto_ipv4",
                "ip.src",
                "ip.dst",
                "ipv6.src",
                "ipv6.dst",
                "icmpv6.nd.ns.target_address",
                "icmpv6.nd.na.target_address",
                "icmpv6.opt.linkaddr")) {
            command.addAll(List.of("-e", field));
        }
        Set<String> addresses = new TreeSet<>();
        for (String line : Tool.lines(command)) {
            for (String cell : line.split("[\t,]", -1)) {
                if (!cell.isEmpty()) {
                    addresses.add(cell);
                }
            }
        }
        return addresses;
    }

    @Test
    void snapCutsFramesAndKeepsTheirLengths(@TempDir Path folder) throws Exception {
        Tool.assumeThere("tshark");
        Path run = run(folder, VLANS, "veb", "--vfs=3");
        List<String> whole = lengths(export(run, "whole"));
        List<String> cut = lengths(export(run, "cut", "--snap", "64"));
        assertThat(cut).hasSameSizeAs(whole);
        for (int frame = 0; frame < cut.size(); frame++) {
            String length = whole.get(frame).split("\t", -1)[0];
            assertThat(cut.get(frame)).isEqualTo(length + "\t" + Math.min(64, Integer.parseInt(length)));
        }
    }

    private static List<String> lengths(Path capture) throws Exception {
        return Tool.lines(
                List.of("tshark", "-r", capture.toString(), "-T", "fields", "-e", "frame.len", "-e", "frame.cap_len"));
    }

    @Test
    void aSeedByChanceIsPrintedAndMapsTheSameWhenGiven(@TempDir Path folder) throws Exception {
        Path run = run(folder, VLANS, "veb", "--vfs=2");
        Path first = folder.resolve("first.pcapng");
        String said = hairpin("export", run, "-o", first, "--anonymise").err();
        String seed = said.replaceAll("(?s).*--seed ([0-9a-f]{32});.*", "$1");
        assertThat(seed).hasSize(32);
        assertThat(export(run, "again", "--anonymise", "--seed", seed)).hasSameBinaryContentAs(first);
        assertThat(hairpin("export", run, "-o", folder.resolve("other.pcapng"), "--anonymise")
                        .err())
                .doesNotContain(seed);
    }

    @Test
    void whatMeansNothingIsRefused(@TempDir Path folder) {
        Path run = run(folder, VLANS, "veb", "--vfs=2");
        Path file = folder.resolve("no.pcapng");
        assertThat(hairpin("export", run, "-o", file, "--snap", "0").err())
                .isEqualTo("hairpin: --snap: found 0, expected 1 or more\n");
        assertThat(hairpin("export", run, "-o", file, "--seed", "x").err())
                .isEqualTo("hairpin: --seed: expected --anonymise beside it\n");
        assertThat(file).doesNotExist();
    }
}
