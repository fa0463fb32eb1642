package dev.hairpin.model.ring;

/**
 * Which rings of a function stand still. What comes meanwhile fills them: a guest whose receive rings stand still takes nothing
 * and gives no buffer back, transmit rings that do are not served. The latter must end: a
 * frame that is never sent would have no fate.
 */
public enum Stall {
    NONE,
    RECEIVES,
    SENDS
}
