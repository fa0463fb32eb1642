package dev.hairpin.experiments.topology;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.relay.NicSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A file with a policy and nothing else: {@code policy = [...]}, as a NIC of a topology file has it. */
public final class PolicyFile {
    private PolicyFile() {}

    /**
     * Reads the policy for {@code nic}.
     *
     * @throws IOException also when something in it is wrong: then the message has all that is, a line for each
     */
    public static Policy read(Path file, NicSettings nic) throws IOException {
        Problems problems = new Problems();
        Block root = new Block("", root(file), problems);
        PolicyReader.Target target = new PolicyReader.Target(nic.name(), NicReader.ports(nic.vsis()), false);
        Policy policy = root.require("policy", "rules such as [{ match = \"vlan 10\", action = drop }]")
                .map(entry -> new PolicyReader(Map.of()).read(entry, target))
                .orElse(Policy.NONE);
        root.done();
        List<Problem> wrong = problems.inOrder().stream()
                .filter(problem -> !problem.warning())
                .toList();
        if (!wrong.isEmpty()) {
            throw new IOException(
                    wrong.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        }
        return policy;
    }

    private static ConfigObject root(Path file) throws IOException {
        try {
            return ConfigFactory.parseString(
                            Files.readString(file),
                            ConfigParseOptions.defaults()
                                    .setSyntax(ConfigSyntax.CONF)
                                    .setOriginDescription(file.toString()))
                    .resolve()
                    .root();
        } catch (ConfigException wrong) {
            throw new IOException(file + ": " + wrong.getMessage(), wrong);
        }
    }
}
