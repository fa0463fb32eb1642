package dev.hairpin.experiments.pci;

/** Bits as {@code lspci} writes them: a name, and a plus or a minus. */
final class Flags {
    private Flags() {}

    /** {@code names} are words; the {@code i}th is of bit {@code bits[i]} of {@code value}. */
    static String of(long value, String names, long... bits) {
        StringBuilder text = new StringBuilder();
        String[] words = names.split(" ", -1);
        for (int i = 0; i < words.length; i++) {
            text.append(i == 0 ? "" : " ").append(one(words[i], value, bits[i]));
        }
        return text.toString();
    }

    /** Likewise of consecutive bits, the first of which is {@code lowest}. */
    static String from(long lowest, long value, String names) {
        StringBuilder text = new StringBuilder();
        long bit = lowest;
        for (String word : names.split(" ", -1)) {
            text.append(text.isEmpty() ? "" : " ").append(one(word, value, bit));
            bit <<= 1;
        }
        return text.toString();
    }

    private static String one(String name, long value, long bit) {
        return name + ((value & bit) != 0 ? '+' : '-');
    }
}
