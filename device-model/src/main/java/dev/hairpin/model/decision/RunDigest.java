package dev.hairpin.model.decision;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two numbers that stand for a whole run. {@code fate} covers every decision's frame, stage, ingress, egress and reasons;
 * {@code timed} covers its time as well. Events' boundaries, their numbering of outcomes and the order in which stages
 * happened to run leave no trace.
 *
 * <p>Version 1: of each stage that decided anything, the SHA-256 over its decisions in its order, each as (time, 8 octets
 * big-endian, only in {@code timed}) (frame number, 8 octets) (SHA-256 of the outcome's text in names, first 16 octets);
 * then the SHA-256 over the stages in the order of their names, each as name, a zero octet, and its 32 octets.
 */
public final class RunDigest implements DecisionLog {
    /** Printed with both lines. */
    public static final String VERSION = "v1";

    private static final int OUTCOME_OCTETS = 16;
    private static final int BUFFER = 1 << 14;

    private final Map<String, StageDigest> stages = new TreeMap<>();

    @Override
    public void stage(String stage, List<String> ports) {
        stages.put(stage, new StageDigest(ports));
    }

    @Override
    public void decided(String stage, Decided event) {
        StageDigest digest = stages.get(stage);
        if (digest == null) {
            throw new IllegalArgumentException("no such stage: " + stage);
        }
        digest.add(event);
    }

    /** The line {@code fate v1 HEX}. To be asked once all events are in; may be asked again. */
    public String fate() {
        return "fate " + VERSION + " " + overStages(false);
    }

    /** The line {@code timed v1 HEX}. */
    public String timed() {
        return "timed " + VERSION + " " + overStages(true);
    }

    /** How many decisions it covers. */
    public long decisions() {
        return stages.values().stream().mapToLong(stage -> stage.decisions).sum();
    }

    private String overStages(boolean timed) {
        MessageDigest all = sha256();
        stages.forEach((name, digest) -> {
            if (digest.decisions > 0) {
                all.update(name.getBytes(StandardCharsets.UTF_8));
                all.update((byte) 0);
                all.update(digest.value(timed));
            }
        });
        return HexFormat.of().formatHex(all.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private static final class StageDigest {
        private final List<String> ports;
        private final Outcomes outcomes = new Outcomes();
        private final MessageDigest fate = sha256();
        private final MessageDigest timed = sha256();
        private final byte[] fateBuffer = new byte[BUFFER];
        private final byte[] timedBuffer = new byte[BUFFER];
        private byte[][] outcomeOctets = new byte[0][];
        private int fateAt;
        private int timedAt;
        private long decisions;

        StageDigest(List<String> ports) {
            this.ports = ports;
        }

        void add(Decided event) {
            outcomes.define(event.firstNewOutcome(), event.newOutcomes());
            if (outcomes.size() > outcomeOctets.length) {
                describe();
            }
            for (int row = 0; row < event.size(); row++) {
                if (fateAt + 40 > BUFFER || timedAt + 40 > BUFFER) {
                    flush();
                }
                byte[] outcome = outcomeOctets[event.outcome(row)];
                fateAt = put(fateBuffer, fateAt, event.number(row));
                System.arraycopy(outcome, 0, fateBuffer, fateAt, OUTCOME_OCTETS);
                fateAt += OUTCOME_OCTETS;
                timedAt = put(timedBuffer, timedAt, event.time(row));
                timedAt = put(timedBuffer, timedAt, event.number(row));
                System.arraycopy(outcome, 0, timedBuffer, timedAt, OUTCOME_OCTETS);
                timedAt += OUTCOME_OCTETS;
            }
            decisions += event.size();
        }

        byte[] value(boolean withTimes) {
            flush();
            try {
                return ((MessageDigest) (withTimes ? timed : fate).clone()).digest();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError("the JDK's SHA-256 can be cloned", e);
            }
        }

        private void flush() {
            fate.update(fateBuffer, 0, fateAt);
            timed.update(timedBuffer, 0, timedAt);
            fateAt = 0;
            timedAt = 0;
        }

        private void describe() {
            byte[][] all = Arrays.copyOf(outcomeOctets, outcomes.size());
            for (int number = outcomeOctets.length; number < all.length; number++) {
                Outcome outcome = outcomes.get(number);
                String text = ports.get(outcome.ingress()) + ">" + outcome.egressText(ports) + ">"
                        + outcome.droppedText(ports);
                all[number] = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
            }
            outcomeOctets = all;
        }

        private static int put(byte[] into, int at, long value) {
            for (int octet = 0; octet < 8; octet++) {
                into[at + octet] = (byte) (value >>> (56 - 8 * octet));
            }
            return at + 8;
        }
    }
}
