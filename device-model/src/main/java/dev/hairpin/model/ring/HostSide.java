package dev.hairpin.model.ring;

import dev.hairpin.model.link.Server;
import dev.hairpin.model.link.Steps;
import java.util.Collections;
import java.util.List;

/**
 * All that lies between a NIC's edge relay and the memory of its guests.
 *
 * @param pcie either way, which all functions share
 * @param rate at which the NIC takes frames from all transmit rings together, bits a second of frames without FCS, or {@link
 *     Server#UNLIMITED}
 * @param functions by port
 */
public record HostSide(Pcie pcie, long rate, List<Function> functions) {
    public HostSide {
        functions = List.copyOf(functions);
        if (rate < 1) {
            throw new IllegalArgumentException("a NIC that takes " + rate + " bit/s");
        }
    }

    /** Whether a transmit ring stands still. */
    public boolean stallsSending() {
        return functions.stream().anyMatch(function -> function.stall() == Stall.SENDS);
    }

    /** Functions that are all alike, and nothing else that takes time. */
    public static HostSide of(int functions, Function each) {
        return new HostSide(Pcie.UNLIMITED, Server.UNLIMITED, Collections.nCopies(functions, each));
    }

    /**
     * The rings of a function.
     *
     * @param queues receive rings
     * @param receives settings of each of them
     * @param rss which of them a frame goes to
     * @param sends its transmit ring, and its share where all functions contend
     * @param stall which of its rings stand still
     */
    public record Function(int queues, ReceiveRing.Settings receives, Rss.Settings rss, Share sends, Stall stall) {
        /** More receive rings than any device gives a function. */
        public static final int MOST_QUEUES = 128;

        /** One ring each way, without limits. */
        public static final Function UNLIMITED =
                new Function(1, ReceiveRing.Settings.NONE, Rss.Settings.of(1), Share.EQUAL);

        /** None of whose rings stands still. */
        public Function(int queues, ReceiveRing.Settings receives, Rss.Settings rss, Share sends) {
            this(queues, receives, rss, sends, Stall.NONE);
        }

        /** Rings that a function needs for all that it is ever set to. */
        public static int mostQueues(Steps<Function> steps) {
            return steps.all().stream().mapToInt(Function::queues).max().orElseThrow();
        }

        public Function {
            int rings = queues;
            if (queues < 1 || queues > MOST_QUEUES) {
                throw new IllegalArgumentException(queues + " receive queues");
            }
            if (rss.table().stream().anyMatch(ring -> ring < 0 || ring >= rings)) {
                throw new IllegalArgumentException("an indirection table that names a queue beyond " + queues);
            }
        }

        /** The same with other receive rings. */
        public Function with(ReceiveRing.Settings others) {
            return new Function(queues, others, rss, sends, stall);
        }

        /** The same with other choice among its receive rings. */
        public Function with(Rss.Settings other) {
            return new Function(queues, receives, other, sends, stall);
        }

        /** The same with another share. */
        public Function with(Share other) {
            return new Function(queues, receives, rss, other, stall);
        }

        /** The same with rings that stand still, or go on. */
        public Function with(Stall other) {
            return new Function(queues, receives, rss, sends, other);
        }
    }
}
