package dev.hairpin.model.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes conditions that ask the same in several places ask it once for each frame. */
final class Sharing {
    private enum Kind {
        ALL,
        ANY,
        NOT,
        ONE_OF
    }

    /** What makes two conditions the same. */
    private record Same(Kind kind, List<?> of) {}

    /** A condition, and where its parts are among all. */
    private record Node(Condition condition, int[] parts) {}

    private final Memory memory;

    /** Each condition once, parts before what they are part of. */
    private final List<Node> nodes = new ArrayList<>();

    private final Map<Object, Integer> places = new HashMap<>();

    private Sharing(Memory memory) {
        this.memory = memory;
    }

    /** The same conditions, of which equal parts are remembered. */
    static Condition[] of(List<Condition> conditions, Memory memory) {
        return new Sharing(memory).shared(conditions);
    }

    private Condition[] shared(List<Condition> conditions) {
        int[] wanted = new int[conditions.size()];
        for (int at = 0; at < wanted.length; at++) {
            wanted[at] = place(conditions.get(at));
        }
        int[] askedBy = new int[nodes.size()];
        for (Node node : nodes) {
            for (int part : node.parts) {
                askedBy[part]++;
            }
        }
        for (int place : wanted) {
            askedBy[place]++;
        }
        Condition[] shared = new Condition[nodes.size()];
        for (int place = 0; place < shared.length; place++) {
            Condition built = built(nodes.get(place), shared);
            shared[place] = askedBy[place] < 2 || built instanceof Condition.Always
                    ? built
                    : new Condition.Remembered(built, memory, memory.add());
        }
        Condition[] result = new Condition[wanted.length];
        for (int at = 0; at < result.length; at++) {
            result[at] = shared[wanted[at]];
        }
        return result;
    }

    private int place(Condition condition) {
        if (condition instanceof Condition.All all) {
            return place(Kind.ALL, condition, all.parts());
        }
        if (condition instanceof Condition.Any any) {
            return place(Kind.ANY, condition, any.parts());
        }
        if (condition instanceof Condition.Not not) {
            return place(Kind.NOT, condition, not.condition());
        }
        if (condition instanceof Condition.OneOf some) {
            List<Object> of = new ArrayList<>(List.of(some.field(), some.mask()));
            for (long value : some.values()) {
                of.add(value);
            }
            return place(new Same(Kind.ONE_OF, of), condition);
        }
        return place(condition, condition);
    }

    private int place(Kind kind, Condition condition, Condition... parts) {
        int[] places = new int[parts.length];
        List<Integer> of = new ArrayList<>();
        for (int part = 0; part < parts.length; part++) {
            places[part] = place(parts[part]);
            of.add(places[part]);
        }
        return place(new Same(kind, of), condition, places);
    }

    private int place(Object same, Condition condition, int... parts) {
        Integer known = places.putIfAbsent(same, nodes.size());
        if (known != null) {
            return known;
        }
        nodes.add(new Node(condition, parts));
        return nodes.size() - 1;
    }

    private static Condition built(Node node, Condition[] shared) {
        Condition[] parts = new Condition[node.parts.length];
        for (int part = 0; part < parts.length; part++) {
            parts[part] = shared[node.parts[part]];
        }
        if (node.condition instanceof Condition.All) {
            return new Condition.All(parts);
        }
        if (node.condition instanceof Condition.Any) {
            return new Condition.Any(parts);
        }
        return node.condition instanceof Condition.Not ? new Condition.Not(parts[0]) : node.condition;
    }
}
