package dev.hairpin.experiments;

import dev.hairpin.experiments.command.HairpinCommand;
import dev.hairpin.experiments.command.Interruption;

/** Where the command starts. */
public final class Hairpin {
    private Hairpin() {}

    public static void main(String[] arguments) {
        int code = HairpinCommand.run(arguments);
        Interruption.ended(code);
        System.exit(code);
    }
}
