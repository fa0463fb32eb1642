/**
 * What is durable. This package has the words for what can go wrong with a journal; {@code event} says how an event of a
 * stage is written in octets, {@code store} keeps records in a run's folder, {@code plugin} makes the store Akka
 * Persistence's journal, {@code home} knows where a run's journal is, that folder or a server, and {@code stage} reads the
 * journals of stages without an actor system.
 *
 * <p>What an event means is not decided here but in the device model.
 */
@NullMarked
package dev.hairpin.persistence;

import org.jspecify.annotations.NullMarked;
