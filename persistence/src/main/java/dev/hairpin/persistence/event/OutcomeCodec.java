package dev.hairpin.persistence.event;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.TagChange;
import dev.hairpin.persistence.JournalDamage;
import dev.hairpin.proto.JournalProto;

/** Outcomes to messages and back. Rules and drop reasons stand there as their ordinals, which are stable by contract. */
final class OutcomeCodec {
    private static final Rule[] RULES = Rule.values();
    private static final DropReason[] REASONS = DropReason.values();

    private OutcomeCodec() {}

    static JournalProto.Outcome encode(Outcome outcome) {
        JournalProto.Outcome.Builder message = JournalProto.Outcome.newBuilder()
                .setIngress(outcome.ingress())
                .setRule(outcome.rule().ordinal());
        for (int i = 0; i < outcome.copies(); i++) {
            message.addEgress(outcome.egress(i));
        }
        for (int i = 0; i < outcome.drops(); i++) {
            message.addDroppedPort(outcome.droppedPort(i))
                    .addDroppedReason(outcome.droppedReason(i).ordinal());
        }
        for (int i = 0; outcome.retags() && i < outcome.copies(); i++) {
            message.addChange(outcome.change(i));
        }
        for (int i = 0; i < outcome.policyRules(); i++) {
            message.addPolicyRule(outcome.policyRule(i));
        }
        return message.build();
    }

    /** Throws {@link JournalDamage} when no outcome is like this, or when it names a rule or reason not known here. */
    static Outcome decode(JournalProto.Outcome message) {
        int drops = message.getDroppedPortCount();
        if (drops != message.getDroppedReasonCount() || drops + message.getEgressCount() == 0) {
            throw new JournalDamage("an outcome without copies, or with other than one reason for each copy dropped");
        }
        int[] egress = new int[message.getEgressCount()];
        for (int i = 0; i < egress.length; i++) {
            egress[i] = message.getEgress(i);
        }
        int[] droppedPort = new int[drops];
        DropReason[] droppedReason = new DropReason[drops];
        for (int i = 0; i < drops; i++) {
            droppedPort[i] = message.getDroppedPort(i);
            droppedReason[i] = known(REASONS, message.getDroppedReason(i), "drop reason");
        }
        return new Outcome(
                message.getIngress(),
                known(RULES, message.getRule(), "rule"),
                egress,
                changes(message),
                droppedPort,
                droppedReason,
                message.getPolicyRuleList().stream().mapToInt(Integer::intValue).toArray());
    }

    private static long[] changes(JournalProto.Outcome message) {
        long[] changes = new long[message.getChangeCount()];
        if (changes.length != 0 && changes.length != message.getEgressCount()) {
            throw new JournalDamage("an outcome with other than one change of tag for each copy");
        }
        for (int i = 0; i < changes.length; i++) {
            changes[i] = message.getChange(i);
            if (!TagChange.isKnown(changes[i])) {
                throw new JournalDamage(
                        "change of tag " + changes[i] + " is not known here: damaged, or from a later" + " version");
            }
        }
        return changes;
    }

    private static <E> E known(E[] all, int number, String kind) {
        if (number < 0 || number >= all.length) {
            throw new JournalDamage(kind + " " + Integer.toUnsignedString(number)
                    + " is not known here: damaged, or from a later version");
        }
        return all[number];
    }
}
