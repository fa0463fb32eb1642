package dev.hairpin.experiments.placement;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * What is asked of a placement.
 *
 * @param vfs how many VFs, 1 to 65,535; when empty, 4, or those that {@code map} or the file name
 * @param place which stations become VFs
 * @param map {@code vf0=MAC,vf1=MAC+MAC,pf=MAC}, which goes before all else; empty for none
 * @param multicast who listens to groups
 * @param fdb what the bridge knows at the start
 * @param byInterface whether frames enter at the port their interface names
 * @param maxExternalPorts ports of the bridge for stations outside; at least one; those beyond share the last
 */
public record PlacementOptions(
        OptionalInt vfs,
        Place place,
        String map,
        Multicast multicast,
        Fdb fdb,
        boolean byInterface,
        int maxExternalPorts) {
    /** VFs when nothing is said. */
    public static final int VFS = 4;

    /** Ports for stations outside when nothing is said. */
    public static final int EXTERNAL_PORTS = 256;

    /** Nothing asked for. */
    public static final PlacementOptions DEFAULT =
            new PlacementOptions(OptionalInt.empty(), Place.TOP, "", Multicast.IGMP, Fdb.WARM, false, EXTERNAL_PORTS);

    public PlacementOptions withVfs(int count) {
        return new PlacementOptions(OptionalInt.of(count), place, map, multicast, fdb, byInterface, maxExternalPorts);
    }

    public PlacementOptions withPlace(Place which) {
        return new PlacementOptions(vfs, which, map, multicast, fdb, byInterface, maxExternalPorts);
    }

    public PlacementOptions withMap(String text) {
        return new PlacementOptions(vfs, place, text, multicast, fdb, byInterface, maxExternalPorts);
    }

    public PlacementOptions withMulticast(Multicast who) {
        return new PlacementOptions(vfs, place, map, who, fdb, byInterface, maxExternalPorts);
    }

    public PlacementOptions withFdb(Fdb what) {
        return new PlacementOptions(vfs, place, map, multicast, what, byInterface, maxExternalPorts);
    }

    public PlacementOptions withByInterface(boolean whether) {
        return new PlacementOptions(vfs, place, map, multicast, fdb, whether, maxExternalPorts);
    }

    public PlacementOptions withMaxExternalPorts(int ports) {
        return new PlacementOptions(vfs, place, map, multicast, fdb, byInterface, ports);
    }

    /** Who listens to group addresses. */
    public enum Multicast {
        /** Who has reported the group by IGMP or MLD, and who must by its addresses. */
        IGMP,
        /** Every function, to all. */
        ALL,
        /** No function, to any but broadcast. */
        NONE;

        /** In lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What the bridge knows at the start. */
    public enum Fdb {
        /** Nothing. */
        COLD,
        /** Where every station is. */
        WARM;

        /** In lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Which stations become VFs. */
    public sealed interface Place {
        /** Those among hosts that send most frames. */
        Place TOP = new Top();

        /**
         * Reads {@code top}, {@code random:SEED} or the name of a file.
         *
         * @throws PlacementRefused when it is none of these
         */
        static Place parse(String text) throws PlacementRefused {
            if (text.equals("top")) {
                return TOP;
            }
            try {
                if (!text.equals("random") && !text.startsWith("random:")) {
                    return new Listed(Path.of(text));
                }
                return new Chance(Long.parseLong(text.substring(Math.min(text.length(), "random:".length()))));
            } catch (NumberFormatException | InvalidPathException e) {
                throw new PlacementRefused(
                        "--place: " + text + ": expected top, random:SEED with a whole number, or a file");
            }
        }

        /** Those that send most. */
        record Top() implements Place {
            @Override
            public String toString() {
                return "top";
            }
        }

        /**
         * Any of the hosts.
         *
         * @param seed decides which
         */
        record Chance(long seed) implements Place {
            @Override
            public String toString() {
                return "random:" + seed;
            }
        }

        /**
         * Those that a file lists, a port and an address on each line: {@code vf0 02:00:00:00:00:01}.
         *
         * @param file its name
         */
        record Listed(Path file) implements Place {
            @Override
            public String toString() {
                return file.toString();
            }
        }
    }
}
