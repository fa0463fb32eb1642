package dev.hairpin.model.match;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.match.Ways.Way;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Expressions in an order, which are evaluated together: for a frame it tells which of them match, as {@link
 * FrameMatch#matches(Burst, int, Slab)} would of each, and much faster than asking one after the other. So {@code begin}
 * a frame, then ask for the {@code next} match, from zero for the first and from behind the last for all in order:
 *
 * <pre>{@code
 * rules.begin(burst, row, slab);
 * for (int rule = rules.next(0); rule != MatchList.NONE; rule = rules.next(rule + 1)) {
 *     ...
 * }
 * }</pre>
 *
 * <p>Only what is asked for is computed, and what several expressions ask for is computed once for each frame. What a list
 * costs depends little on its length where its expressions ask for different values of the same quantities, as lists by
 * address, VLAN, protocol or port do.
 *
 * <p>It also knows what can be known of the expressions without a frame. A policy should tell its author which of its
 * rules have no effect.
 *
 * <p>For one thread, since it keeps the frame; nothing is allocated for a frame.
 */
public final class MatchList {
    /** No expression. */
    public static final int NONE = -1;

    private final List<FrameMatch> matches;
    private final List<List<Way>> ways = new ArrayList<>();
    private final Memory memory = new Memory();

    private final List<Condition> originals;

    /** The same, of which equal parts are shared. */
    private final Condition[] conditions;

    private final List<Block> blocks = new ArrayList<>();

    /** Of each expression, the block where its ways are, and the first of them there; and of the end of the list. */
    private final int[] blockOf;

    private final int[] firstWay;

    private Burst burst = Burst.EMPTY;
    private Slab slab = Slab.of(new byte[0]);
    private int row;
    private long offset;
    private int captured;
    private int length;

    private MatchList(List<FrameMatch> matches) {
        this.matches = matches;
        this.originals = matches.stream().map(FrameMatch::condition).toList();
        this.conditions = Sharing.of(originals, memory);
        this.blockOf = new int[matches.size() + 1];
        this.firstWay = new int[matches.size() + 1];
        List<Way> waysOfBlock = new ArrayList<>();
        List<Integer> expressionsOfBlock = new ArrayList<>();
        for (int at = 0; at < matches.size(); at++) {
            List<Way> waysOfOne = Ways.of(matches.get(at).condition());
            if (waysOfBlock.size() + waysOfOne.size() > Block.MOST_WAYS) {
                addBlock(waysOfBlock, expressionsOfBlock);
            }
            ways.add(waysOfOne);
            blockOf[at] = blocks.size();
            firstWay[at] = waysOfBlock.size();
            waysOfBlock.addAll(waysOfOne);
            expressionsOfBlock.addAll(Collections.nCopies(waysOfOne.size(), at));
        }
        blockOf[matches.size()] = blocks.size();
        firstWay[matches.size()] = waysOfBlock.size();
        addBlock(waysOfBlock, expressionsOfBlock);
    }

    private void addBlock(List<Way> waysOfBlock, List<Integer> expressionsOfBlock) {
        blocks.add(new Block(waysOfBlock, expressionsOfBlock, originals, conditions));
        waysOfBlock.clear();
        expressionsOfBlock.clear();
    }

    /** A list of expressions, which may be empty. */
    public static MatchList of(List<FrameMatch> matches) {
        return new MatchList(List.copyOf(matches));
    }

    public int size() {
        return matches.size();
    }

    public FrameMatch get(int index) {
        return matches.get(index);
    }

    /** From now on it is about the frame of a row, as it is at this point of its way; see {@link FrameMatch}. */
    public void begin(Burst ofBurst, int ofRow, Slab ofSlab) {
        burst = ofBurst;
        row = ofRow;
        slab = ofSlab;
        offset = ofBurst.offset(ofRow);
        captured = ofBurst.captured(ofRow);
        length = ofBurst.length(ofRow);
        memory.forget();
        for (int block = 0; block < blocks.size(); block++) {
            blocks.get(block).forget();
        }
    }

    /**
     * The first expression, from the one at {@code from} on, that the frame matches.
     *
     * @param from zero to {@link #size()}
     * @return where it is in the list, or {@link #NONE}
     */
    public int next(int from) {
        int way = firstWay[from];
        for (int at = blockOf[from]; at < blocks.size(); at++) {
            int found = blocks.get(at).next(way, burst, row, slab, offset, captured, length);
            if (found != NONE) {
                return found;
            }
            way = 0;
        }
        return NONE;
    }

    /** Whether the expression at {@code index} is known to match no frame, see {@link FrameMatch#neverMatches()}. */
    public boolean neverMatches(int index) {
        return matches.get(index).neverMatches();
    }

    /**
     * The first of the earlier expressions that matches every frame which the one at {@code index} does, so that this is
     * never the first to match. Looks at each of them, and may fail to see it where they compute.
     *
     * @return where it is, or {@link #NONE}, also for an expression that never matches
     */
    public int coveredBy(int index) {
        return earlier(index, false);
    }

    /**
     * The first of the earlier expressions that matches exactly the frames which the one at {@code index} does, however
     * the two are written. Looks at each of them, and may fail to see it where they compute.
     *
     * @return where it is, or {@link #NONE}, also for an expression that never matches
     */
    public int sameAs(int index) {
        return earlier(index, true);
    }

    private int earlier(int index, boolean same) {
        if (neverMatches(index)) {
            return NONE;
        }
        for (int at = 0; at < index; at++) {
            if (covers(at, index) && (!same || covers(index, at))) {
                return at;
            }
        }
        return NONE;
    }

    private boolean covers(int wide, int narrow) {
        // Equal ones are one object by now.
        if (conditions[wide] == conditions[narrow]) {
            return true;
        }
        for (Way way : ways.get(narrow)) {
            if (!Ways.meet(way, ways.get(wide))) {
                return false;
            }
        }
        return Contradiction.covers(originals.get(wide), originals.get(narrow));
    }
}
