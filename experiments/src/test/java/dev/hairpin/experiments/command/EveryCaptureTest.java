package dev.hairpin.experiments.command;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.experiments.testkit.Said;
import dev.hairpin.experiments.testkit.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Captures found in the wild, each carried through a VEB and a VEPA by the command. */
class EveryCaptureTest {
    private static final String ETHERNET = "ether";

    @ParameterizedTest
    @ValueSource(strings = {"ethernet", "vlan", "multicast", "evb", "formats"})
    void isComparedAndEveryCopyIsAccountedForOrItIsRefusedInOneLine(String folder) throws Exception {
        Map<String, Long> counted = counted(folder);
        Map<String, Manifested> manifest = manifest();
        SoftAssertions softly = new SoftAssertions();
        int compared = 0;
        for (Path file : Captures.sharedFolder(folder)) {
            String name = folder + "/" + file.getFileName();
            Said said = compare(file);
            Manifested expected = manifest.get(name);
            assertThat(expected).as("%s in the manifest of captures", name).isNotNull();
            hold(softly, name, said);
            if (said.code() != ExitCode.UNUSABLE && expected != null) {
                compared++;
                hold(softly, name, said, expected, counted.getOrDefault(name, expected.frames));
            }
            if (expected != null && expected.linkType.equals(ETHERNET)) {
                softly.assertThat(said.code() == ExitCode.UNUSABLE)
                        .as("%s, %s, is refused: %s", name, expected.container, said.err())
                        .isEqualTo(!expected.container.startsWith("pcap"));
            }
        }
        softly.assertAll();
        assertThat(compared).as("captures compared in %s", folder).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hostile", "non-ethernet"})
    void breaksNothingAndIsNotPassedOverInSilence(String folder) throws Exception {
        SoftAssertions softly = new SoftAssertions();
        for (Path file : Captures.sharedFolder(folder)) {
            hold(softly, folder + "/" + file.getFileName(), compare(file));
        }
        softly.assertAll();
    }

    @Test
    void theManifestListsEveryCapture() throws IOException {
        assertThat(manifest()).hasSizeGreaterThan(100);
    }

    private static Said compare(Path file) {
        return hairpin("compare", file, "--modes", "veb,vepa", "--vfs", "3", "--ext-ports", "8", "--json");
    }

    /** Whatever the file: a result or one line that says why there is none. */
    private static void hold(SoftAssertions softly, String name, Said said) {
        softly.assertThat(said.code())
                .as("exit code of %s: %s", name, said.err())
                .isIn(ExitCode.DONE, ExitCode.UNUSABLE, ExitCode.PARTIAL);
        softly.assertThat(said.err()).as("standard error of %s", name).doesNotContain("Exception", "\tat ");
        List<String> complaints = said.err().lines().toList();
        switch (said.code()) {
            case ExitCode.DONE -> softly.assertThat(complaints).as(name).isEmpty();
            case ExitCode.UNUSABLE -> {
                softly.assertThat(complaints).as(name).hasSize(1);
                softly.assertThat(said.err())
                        .as(name)
                        .startsWith("hairpin: ")
                        .contains(name.substring(name.indexOf('/') + 1))
                        .contains("found")
                        .contains("expected");
                softly.assertThat(said.out()).as(name).isEmpty();
            }
            default -> {
                softly.assertThat(complaints).as(name).hasSize(2);
                softly.assertThat(said.err()).as(name).contains("octet", "found", "expected", "frames before it");
            }
        }
        if (said.code() == ExitCode.DONE || said.code() == ExitCode.PARTIAL) {
            for (String mode : List.of("veb", "vepa")) {
                softly.assertThat(said.json().at("runs", mode).value("balanced"))
                        .as("%s in %s: copies made are copies delivered and dropped", name, mode)
                        .isEqualTo(true);
            }
        }
    }

    private static void hold(SoftAssertions softly, String name, Said said, Manifested expected, long counted)
            throws Exception {
        long frames = expected.linkType.equals(ETHERNET) ? counted : ethernetFrames(name, expected);
        for (String mode : List.of("veb", "vepa")) {
            long entered = said.json().at("runs", mode).number("framesIn");
            if (frames >= 0) {
                softly.assertThat(entered).as("%s in %s: frames in", name, mode).isEqualTo(frames);
            }
        }
    }

    /** How many frames of a capture of several link types are Ethernet, as tshark has it; -1 when it cannot tell. */
    private static long ethernetFrames(String name, Manifested expected) throws Exception {
        if (!Tool.isThere("tshark")) {
            return -1;
        }
        String file = Captures.shared(name).toString();
        List<String> types = Tool.lines(List.of("tshark", "-r", file, "-T", "fields", "-e", "frame.encap_type"));
        return types.size() < expected.frames
                ? -1
                : types.stream().filter(type -> type.equals("1")).count();
    }

    /** Frames by file as capinfos counts them; empty without it. */
    private static Map<String, Long> counted(String folder) throws Exception {
        Map<String, Long> counted = new HashMap<>();
        if (!Tool.isThere("capinfos")) {
            return counted;
        }
        List<String> command = new ArrayList<>(List.of("capinfos", "-TMrc"));
        Captures.sharedFolder(folder).forEach(file -> command.add(file.toString()));
        for (String line : Tool.lines(command)) {
            String[] words = line.split("\t", -1);
            if (words.length == 2 && words[1].matches("[0-9]+")) {
                counted.put(folder + "/" + Path.of(words[0]).getFileName(), Long.parseLong(words[1]));
            }
        }
        return counted;
    }

    private record Manifested(String container, String linkType, long frames) {}

    /** What the folder's own list says of each file. */
    private static Map<String, Manifested> manifest() throws IOException {
        Map<String, Manifested> files = new HashMap<>();
        for (String line : Files.readAllLines(Captures.shared("MANIFEST.tsv"), StandardCharsets.UTF_8)) {
            String[] columns = line.split("\t", -1);
            if (columns.length > 9 && columns[9].matches("[0-9]+")) {
                files.put(columns[0], new Manifested(columns[7], columns[8], Long.parseLong(columns[9])));
            }
        }
        return files;
    }
}
