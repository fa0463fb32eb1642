package dev.hairpin.model.match;

/**
 * What an address, number or name is asked for as. It is inherited: in {@code tcp port 80 or 443} both have it.
 *
 * @param protocol a reserved word, empty for none
 */
record Qualifier(String protocol, Direction direction, Kind kind) {
    enum Direction {
        NONE,
        SOURCE,
        DESTINATION,
        EITHER,
        BOTH
    }

    enum Kind {
        NONE,
        HOST,
        NET,
        PORT,
        PORT_RANGE,
        PROTOCOL
    }
}
