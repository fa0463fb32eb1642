package dev.hairpin.experiments;

import dev.hairpin.experiments.command.HairpinCommand;

/** Where the command starts. */
public final class Hairpin {
    private Hairpin() {}

    public static void main(String[] arguments) {
        System.exit(HairpinCommand.run(arguments));
    }
}
