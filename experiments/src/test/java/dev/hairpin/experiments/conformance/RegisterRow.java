package dev.hairpin.experiments.conformance;

import dev.hairpin.model.decision.Evidence;

/**
 * A row of a table of registers or of the rules about them.
 *
 * @param table that it is in
 * @param name by which a test names it, behind the table's and a slash
 * @param what it says
 * @param evidence how well it is founded
 * @param source where it was read
 */
record RegisterRow(String table, String name, String what, Evidence evidence, String source) {
    String id() {
        return table + "/" + name;
    }
}
