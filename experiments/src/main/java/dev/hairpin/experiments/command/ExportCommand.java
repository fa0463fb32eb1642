package dev.hairpin.experiments.command;

import dev.hairpin.experiments.anonymity.Anonymiser;
import dev.hairpin.experiments.command.HairpinCommand.Unusable;
import dev.hairpin.experiments.projection.PortCapture;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.pcap.Capture;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.crypto.KeyGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        description = "Writes what every port saw as a pcapng: an interface for each port, the decision as comment.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExportCommand implements Callable<Integer> {
    private static final int SEED_BITS = 128;

    @Mixin
    private KeptRun kept;

    @Option(names = "-o", required = true, paramLabel = "FILE.pcapng", description = "What to write.")
    private Path file;

    @Option(
            names = "--port",
            paramLabel = "NAME",
            description = "Only this port's frames: vf3, uplink, br.uplink, ext0.")
    private @Nullable String port;

    @Option(
            names = "--snap",
            paramLabel = "OCTETS",
            description = "Write so many octets of a frame at most; its length is told all the same.")
    private @Nullable Integer snap;

    @Option(
            names = "--anonymise",
            description =
                    "Map MAC, IPv4 and IPv6 addresses to others: in Ethernet, ARP, IP, neighbour discovery, IGMP, MLD"
                            + " and ICMP errors, checksums mended. Payloads stay, and addresses and names in them: use --snap 64"
                            + " beside it.")
    private boolean anonymise;

    @Option(
            names = "--seed",
            paramLabel = "TEXT",
            description = "Key of --anonymise: the same seed maps alike, and whoever knows it can lead back"
                    + " (default: by chance, and printed).")
    private @Nullable String seed;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (snap != null && snap < 1) {
            throw new Unusable("--snap: found " + snap + ", expected 1 or more");
        }
        if (seed != null && !anonymise) {
            throw new Unusable("--seed: expected --anonymise beside it");
        }
        RunFolder run = kept.open();
        try (Capture frames = kept.capture()) {
            long written = PortCapture.write(run, frames, wish(), file);
            spec.commandLine().getErr().printf(Locale.ROOT, "hairpin: %,d frames written to %s%n", written, file);
            return ExitCode.DONE;
        }
    }

    private PortCapture.Wish wish() throws GeneralSecurityException {
        return new PortCapture.Wish(
                Optional.ofNullable(port),
                snap == null ? Integer.MAX_VALUE : snap,
                anonymise ? Optional.of(new Anonymiser(seed == null ? chosen() : seed)) : Optional.empty());
    }

    /** A seed that nobody can guess. Its length is said, since it is each Java's own otherwise. */
    private String chosen() throws GeneralSecurityException {
        KeyGenerator generator = KeyGenerator.getInstance("AES");
        generator.init(SEED_BITS);
        byte[] key = generator.generateKey().getEncoded();
        String text = HexFormat.of().formatHex(key);
        spec.commandLine()
                .getErr()
                .printf(
                        Locale.ROOT,
                        "hairpin: mapped by --seed %s; keep it to yourself, or forget it: it leads back to the addresses%n",
                        text);
        return text;
    }
}
