package dev.hairpin.experiments.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.placement.CapturedTimes.Change;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class CapturedTimesTest {
    private static final long SECOND = 1_000_000_000;
    private static final long HOUR = 3600 * SECOND;
    private static final long START = CaptureMaker.START;

    private final CapturedTimes times = new CapturedTimes();
    private long number;

    private long time(long captured) {
        return times.time(++number, captured);
    }

    @Test
    void keepsTimesThatDoNotGoBack() {
        assertThat(time(START)).isEqualTo(START);
        assertThat(time(START)).isEqualTo(START);
        assertThat(time(START + HOUR)).isEqualTo(START + HOUR);
        assertThat(times.held()).isZero();
        assertThat(times.jumps()).isZero();
    }

    @Test
    void holdsATimeThatGoesBackByAnHourAtMostAtTheLatest() {
        time(START);
        assertThat(time(START - HOUR)).isEqualTo(START);
        assertThat(time(START - 1)).isEqualTo(START);
        assertThat(time(START + 5)).isEqualTo(START + 5);
        assertThat(times.held()).isEqualTo(2);
        assertThat(times.jumps()).isZero();
        assertThat(times.firstHeld()).contains(new Change(2, START - HOUR, START));
    }

    @Test
    void takesOutAJumpForwardAndKeepsTheDistancesBehindIt() {
        time(START);
        assertThat(time(START + HOUR + 1)).isEqualTo(START);
        assertThat(time(START + HOUR + 8)).isEqualTo(START + 7);
        assertThat(times.jumps()).isOne();
        assertThat(times.held()).isZero();
        assertThat(times.firstJump()).contains(new Change(2, START + HOUR + 1, START));
    }

    @Test
    void takesOutAJumpBackAndKeepsTheDistancesBehindIt() {
        time(START);
        assertThat(time(54 * SECOND)).isEqualTo(START);
        assertThat(time(55 * SECOND)).isEqualTo(START + SECOND);
        assertThat(times.firstJump())
                .map(Change::toString)
                .contains("frame 2: 1970-01-01T00:00:54Z taken as 2021-01-01T00:00:00Z");
    }

    @Test
    void holdsAFrameBeforeTheJumpsOwnFrame() {
        time(START);
        time(START + 2 * HOUR);
        assertThat(time(START + 2 * HOUR - SECOND)).isEqualTo(START);
        assertThat(times.held()).isOne();
    }

    @Test
    void beginsAtZeroWhereTheFirstTimeIsAbsurd() {
        assertThat(time(Long.MIN_VALUE)).isZero();
        assertThat(time(Long.MIN_VALUE + 3)).isEqualTo(3);
        assertThat(times.jumps()).isOne();
    }

    @Test
    void neverGoesBackNorBeyondItsLastTimeWhateverTheClockDoes() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            CapturedTimes clock = new CapturedTimes();
            CapturedTimes again = new CapturedTimes();
            long latest = 0;
            for (int frame = 1; frame < 500; frame++) {
                long captured = random.nextLong() >> random.nextInt(64);
                long time = clock.time(frame, captured);
                assertThat(time).as("seed %d frame %d", seed, frame).isBetween(latest, CapturedTimes.LAST);
                assertThat(again.time(frame, captured)).isEqualTo(time);
                latest = time;
            }
        }
    }

    @Test
    void takesOutAStepBeyondItsLastTime() {
        assertThat(time(CapturedTimes.LAST)).isEqualTo(CapturedTimes.LAST);
        assertThat(time(CapturedTimes.LAST + 1)).isEqualTo(CapturedTimes.LAST);
        assertThat(times.jumps()).isOne();
    }
}
