package dev.hairpin.experiments.run;

/** Is told now and then how far something is. May be called from any thread. */
public interface Progress {
    /** Nobody looks. */
    Progress NONE = (frames, octets) -> {};

    /**
     * @param frames taken from the capture so far
     * @param octets position in the capture, of all that there are to read
     */
    void at(long frames, long octets);
}
