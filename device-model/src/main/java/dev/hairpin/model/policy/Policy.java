package dev.hairpin.model.policy;

import java.util.List;

/**
 * Rules in order. A frame meets them once, after the relay has admitted it and knows its VLAN, and before it is forwarded.
 * Rules that do not end it (mirror, set, rate) take effect and the next is met; the first that ends it decides; where none
 * does, the relay forwards in its mode.
 *
 * @param rules the first is number 1
 */
public record Policy(List<PolicyRule> rules) {
    /** The relay's mode and nothing else. */
    public static final Policy NONE = new Policy(List.of());

    public Policy {
        rules = List.copyOf(rules);
    }
}
