package dev.hairpin.model.privilege;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * In which function mode a NIC is, and which systems share it. Immutable. A mode changes what is enumerated and who is
 * privileged, never what becomes of a frame.
 *
 * @param mode as the device's function modes are named; empty for its usual one
 * @param hierarchies the functions of each root complex, by its name. The first is the base hierarchy, whose physical
 *     function manages the device; in another the first function is function 0. Empty where one system has them all
 */
public record Sharing(String mode, Map<String, List<String>> hierarchies) {
    /** In the usual mode, for one system. */
    public static final Sharing USUAL = new Sharing("", Map.of());

    public Sharing {
        Map<String, List<String>> all = new LinkedHashMap<>();
        hierarchies.forEach((name, functions) -> all.put(name, List.copyOf(functions)));
        hierarchies = Collections.unmodifiableMap(all);
    }

    /** The root complex whose function it is; empty where one system has them all. */
    public Optional<String> hierarchy(String function) {
        return hierarchies.entrySet().stream()
                .filter(tree -> tree.getValue().contains(function))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether it is the base hierarchy, or the only system that there is. */
    public boolean isBase(String hierarchy) {
        return hierarchies.isEmpty() || hierarchies.keySet().iterator().next().equals(hierarchy);
    }

    /**
     * The rights that a function has ({@code __vxge_hw_device_access_rights_get}).
     *
     * @param physical whether it is the physical function
     */
    public Set<AccessRight> rights(String function, boolean physical) {
        String in = hierarchy(function).orElse("");
        boolean base = isBase(in);
        boolean first =
                base ? physical : hierarchies.getOrDefault(in, List.of()).indexOf(function) == 0;
        return AccessRight.of(first, base);
    }

    /** In words: {@code rc0: pf vf0; rc1: vf1}. */
    public String hierarchiesText() {
        StringBuilder text = new StringBuilder();
        hierarchies.forEach((name, functions) -> text.append(text.isEmpty() ? "" : "; ")
                .append(name)
                .append(": ")
                .append(String.join(" ", functions)));
        return text.toString();
    }
}
