package dev.hairpin.actors.link;

/** The protocol of whoever stands at the end of a link: {@link Arrival}s, and what its own kind adds. */
public interface LinkCommand {}
