package dev.hairpin.model.decision;

import java.util.List;

/** Is told what stages decide, event by event, those of one stage in order. */
public interface DecisionLog {
    /** Comes before the first event of a stage. {@code ports} are the names that its outcomes' ports stand for. */
    void stage(String stage, List<String> ports);

    void decided(String stage, Decided event);
}
