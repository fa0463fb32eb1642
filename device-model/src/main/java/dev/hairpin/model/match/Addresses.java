package dev.hairpin.model.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Addresses as they are written. */
final class Addresses {
    private static final int GROUPS = 8;

    private Addresses() {}

    /** Six octets, however they are parted. */
    static long ethernet(String text) {
        boolean inFours = text.length() == 14 && text.indexOf('.') == 4 && text.lastIndexOf('.') == 9;
        if (inFours || text.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            return Long.parseLong(text.replace(".", ""), 16);
        }
        long mac = 0;
        for (String octet : text.split("[:.-]", -1)) {
            mac = (mac << 8) | Integer.parseInt(octet, 16);
        }
        return mac;
    }

    /** One to four decimal octets as a number; empty when one is above 255. */
    static OptionalLong ipv4(String text) {
        long address = 0;
        for (String octet : text.split("\\.", -1)) {
            int value = octet.isEmpty() || octet.length() > 6 ? 256 : Integer.parseInt(octet);
            if (value > 255) {
                return OptionalLong.empty();
            }
            address = (address << 8) | value;
        }
        return OptionalLong.of(address);
    }

    /** Sixteen octets as four numbers of 32 bits; empty when it is none. */
    static Optional<long[]> ipv6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        List<Integer> groups = new ArrayList<>();
        if (gap < 0) {
            if (!addGroups(text, groups)) {
                return Optional.empty();
            }
        } else {
            List<Integer> behind = new ArrayList<>();
            String head = text.substring(0, gap);
            String tail = text.substring(gap + 2);
            if ((!head.isEmpty() && (head.indexOf('.') >= 0 || !addGroups(head, groups)))
                    || (!tail.isEmpty() && !addGroups(tail, behind))
                    || groups.size() + behind.size() >= GROUPS) {
                return Optional.empty();
            }
            while (groups.size() + behind.size() < GROUPS) {
                groups.add(0);
            }
            groups.addAll(behind);
        }
        if (groups.size() != GROUPS) {
            return Optional.empty();
        }
        long[] words = new long[4];
        for (int group = 0; group < GROUPS; group++) {
            words[group / 2] = (words[group / 2] << 16) | groups.get(group);
        }
        return Optional.of(words);
    }

    private static boolean addGroups(String text, List<Integer> into) {
        String[] groups = text.split(":", -1);
        for (int at = 0; at < groups.length; at++) {
            String group = groups[at];
            if (at == groups.length - 1 && group.matches("[0-9]+(\\.[0-9]+){3}")) {
                OptionalLong address = ipv4(group);
                if (address.isEmpty()) {
                    return false;
                }
                into.add((int) (address.getAsLong() >>> 16));
                into.add((int) address.getAsLong() & 0xFFFF);
            } else if (group.matches("[0-9A-Fa-f]{1,4}")) {
                into.add(Integer.parseInt(group, 16));
            } else {
                return false;
            }
        }
        return true;
    }
}
