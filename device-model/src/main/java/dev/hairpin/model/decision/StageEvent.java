package dev.hairpin.model.decision;

/** A fact in the journal of a stage. */
public sealed interface StageEvent permits StageOpened, Decided {}
