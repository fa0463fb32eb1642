package dev.hairpin.model.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.link.Server;
import dev.hairpin.model.ring.ReceiveRing.Settings;
import dev.hairpin.model.testkit.Property;
import org.junit.jupiter.api.Test;

class ReceiveRingTest {
    /** An octet takes a nanosecond. */
    private static final long OCTET_A_NANOSECOND = 8_000_000_000L;

    private static final int ITR = 20_000;

    @Test
    void interruptsAtOnceWhereNoInterruptCameLately() {
        ReceiveRing ring = new ReceiveRing(new Settings(8, Server.UNLIMITED, ITR, 1));
        assertThat(ring.take(1_000, 60)).isEqualTo(1_000);
    }

    @Test
    void putsTheNextInterruptOffUntilTheIntervalIsOver() {
        ReceiveRing ring = new ReceiveRing(new Settings(8, Server.UNLIMITED, ITR, 1));
        ring.take(1_000, 60);
        assertThat(ring.take(1_500, 60)).isEqualTo(21_000);
        assertThat(ring.take(20_999, 60)).as("merges into the one to come").isEqualTo(21_000);
        assertThat(ring.take(21_001, 60)).isEqualTo(41_000);
        assertThat(ring.take(90_000, 60)).as("long after").isEqualTo(90_000);
    }

    @Test
    void pollsWithoutAnInterruptForWhatComesMeanwhile() {
        ReceiveRing ring = new ReceiveRing(new Settings(8, OCTET_A_NANOSECOND, ITR, 1));
        assertThat(ring.take(1_000, 500)).isEqualTo(1_500);
        assertThat(ring.take(1_200, 500)).as("no interrupt, 21,000 is far").isEqualTo(2_000);
        assertThat(ring.take(2_001, 500)).as("the guest is asleep again").isEqualTo(21_500);
    }

    @Test
    void hasNoBufferForTheFrameThatIsOneTooManyUntilTheGuestHasTakenSome() {
        ReceiveRing ring = new ReceiveRing(new Settings(2, Server.UNLIMITED, ITR, 1));
        ring.take(0, 60);
        ring.take(10, 60);
        ring.take(20, 60);
        assertThat(ring.free(30)).isZero();
        assertThat(ring.free(19_999)).isZero();
        assertThat(ring.free(20_000)).isEqualTo(2);
    }

    @Test
    void getsBuffersBackSoManyAtATime() {
        ReceiveRing ring = new ReceiveRing(new Settings(6, OCTET_A_NANOSECOND, 0, 2));
        for (int frame = 0; frame < 5; frame++) {
            // Taken at 100, 200, 300, 400 and 500
            ring.take(0, 100);
        }
        assertThat(ring.free(199)).isEqualTo(1);
        assertThat(ring.free(200)).isEqualTo(3);
        assertThat(ring.free(499)).isEqualTo(5);
        assertThat(ring.free(500)).as("the rest when it goes to sleep").isEqualTo(6);
    }

    @Test
    void isAQueueBeforeAServerWhereInterruptsAreNotModerated() {
        Property.forAll(300, dice -> {
            int places = dice.between(1, 6);
            long rate = dice.pick(OCTET_A_NANOSECOND, 7_777_777_777L, 9_600L);
            ReceiveRing ring = new ReceiveRing(new Settings(places, rate, 0, 1));
            Server server = new Server(rate, places, 0, 0);
            long now = 0;
            for (int frame = 0; frame < 100; frame++) {
                now += dice.pick(0, 1, 60, 3_000);
                int octets = dice.between(14, 200);
                assertThat(ring.free(now) > 0).isEqualTo(server.hasPlace(now));
                if (ring.free(now) > 0) {
                    assertThat(ring.take(now, octets)).isEqualTo(server.serve(now, octets));
                }
            }
        });
    }

    @Test
    void aCopyAnswersTheSame() {
        Property.forAll(300, dice -> {
            ReceiveRing ring = new ReceiveRing(new Settings(
                    dice.between(20, 40), dice.pick(OCTET_A_NANOSECOND, Server.UNLIMITED), dice.pick(0, ITR), 16));
            ReceiveRing copy = ring;
            long now = 0;
            for (int frame = 0; frame < 100; frame++) {
                now += dice.pick(0, 1, 60, 3_000);
                ReceiveRing again = copy.copy();
                assertThat(ring.free(now)).isEqualTo(again.free(now));
                assertThat(ring.take(now, 100)).isEqualTo(again.take(now, 100));
                copy = again;
            }
        });
    }

    @Test
    void neverHandsFramesOverInAnotherOrder() {
        Property.forAll(300, dice -> {
            ReceiveRing ring = new ReceiveRing(new Settings(
                    ReceiveRing.UNLIMITED, dice.pick(OCTET_A_NANOSECOND, 3_333_333_333L, Server.UNLIMITED), ITR, 1));
            long now = 0;
            long before = 0;
            for (int frame = 0; frame < 100; frame++) {
                now += dice.pick(0, 1, 60, 30_000);
                long at = ring.take(now, dice.between(14, 1_514));
                assertThat(at).isGreaterThanOrEqualTo(Math.max(before, now));
                before = at;
            }
        });
    }

    @Test
    void isRefusedWithoutABufferOrWithMoreToGiveBackThanThereAre() {
        assertThatThrownBy(() -> new Settings(0, Server.UNLIMITED, 0, 1)).hasMessageContaining("0 buffers");
        assertThatThrownBy(() -> new Settings(8, Server.UNLIMITED, 0, 16)).hasMessageContaining("16 at a time");
    }
}
