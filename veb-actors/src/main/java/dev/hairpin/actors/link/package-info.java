/**
 * Links between actors: what travels on them, the actor that hosts a stage, and how stages find each other.
 *
 * <p>All that a frame's fate depends on is in the stages of the module {@code device-model}. What is added here is that a
 * stage runs concurrently with the others, and that what it decides is durable before a frame leaves it.
 */
@NullMarked
package dev.hairpin.actors.link;

import org.jspecify.annotations.NullMarked;
