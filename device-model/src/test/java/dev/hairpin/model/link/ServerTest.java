package dev.hairpin.model.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.testkit.Dice;
import dev.hairpin.model.testkit.Property;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerTest {
    private static final int ANY_NUMBER = Integer.MAX_VALUE;
    private static final long TEN_GIGABIT = 10_000_000_000L;

    /** 2026, in nanoseconds: the magnitude that captures have. */
    private static final long NOW = 1_780_000_000_000_000_000L;

    @Test
    void takes67Point2NanosecondsForTheLeastFrameOnTenGigabitEthernet() {
        // 60 octets and FCS are 64; preamble and gap make 84, 672 bits
        Server wire = Server.wire(TEN_GIGABIT, ANY_NUMBER);
        List<Long> departures = new ArrayList<>();
        for (int frame = 0; frame < 5; frame++) {
            departures.add(wire.serve(0, 60));
        }
        // 67.2, 134.4, 201.6, 268.8, 336.0: each rounded up, none of the fractions lost
        assertThat(departures).containsExactly(68L, 135L, 202L, 269L, 336L);
    }

    @Test
    void padsShortFramesOnAWire() {
        for (int octets : new int[] {0, 14, 59, 60}) {
            assertThat(Server.wire(1_000_000_000L, ANY_NUMBER).serve(0, octets)).isEqualTo(672);
        }
        assertThat(Server.wire(1_000_000_000L, ANY_NUMBER).serve(0, 61)).isEqualTo(680);
    }

    @Test
    void beginsAtOnceWhenItIsIdle() {
        Server server = new Server(8_000_000_000L, ANY_NUMBER, 0, 0);
        assertThat(server.serve(NOW, 100)).isEqualTo(NOW + 100);
        assertThat(server.serve(NOW + 100, 100)).isEqualTo(NOW + 200);
        assertThat(server.serve(NOW + 1_000, 100)).isEqualTo(NOW + 1_100);
    }

    @Test
    void carriesAFractionWithinABusyPeriodAndForgetsItAfterwards() {
        // A third of a nanosecond for an octet
        Server server = new Server(24_000_000_000L, ANY_NUMBER, 0, 0);
        assertThat(server.serve(0, 1)).as("1/3").isEqualTo(1);
        assertThat(server.serve(0, 1)).as("2/3").isEqualTo(1);
        assertThat(server.serve(0, 1)).as("3/3").isEqualTo(1);
        assertThat(server.serve(0, 1)).as("4/3").isEqualTo(2);
        assertThat(server.serve(2, 1)).as("2 + 1/3").isEqualTo(3);
        assertThat(server.serve(2, 2)).as("3 exactly").isEqualTo(3);
        assertThat(server.serve(3, 3)).isEqualTo(4);
    }

    @Test
    void departsAsExactArithmeticHasIt() {
        Property.forAll(300, dice -> {
            long rate = rate(dice);
            int least = dice.pick(0, 60);
            int overhead = dice.pick(0, 24);
            Server server = new Server(rate, ANY_NUMBER, least, overhead);
            Exact exact = new Exact(rate, least, overhead);
            long arrival = dice.pick(0, NOW);
            for (int frame = 0; frame < 200; frame++) {
                arrival += gap(dice);
                int octets = dice.between(0, 9_018);
                long departure = server.serve(arrival, octets);

                assertThat(departure)
                        .as("frame %d of %d octets at %d, %d bit/s", frame, octets, arrival, rate)
                        .isEqualTo(exact.serve(arrival, octets));
                assertThat(server.earliest()).isBetween(departure - 1, departure);
            }
        });
    }

    @Test
    void refusesWhatANaiveQueueHasNoPlaceFor() {
        Property.forAll(300, dice -> {
            long rate = rate(dice);
            int places = dice.pick(1, 2, 3, 16);
            Server server = new Server(rate, places, 0, 24);
            Exact exact = new Exact(rate, 0, 24);
            List<Long> departures = new ArrayList<>();
            long arrival = NOW;
            for (int frame = 0; frame < 200; frame++) {
                arrival += gap(dice);
                int octets = dice.between(60, 1_514);
                long now = arrival;
                boolean place =
                        departures.stream().filter(departure -> departure > now).count() < places;

                assertThat(server.hasPlace(arrival))
                        .as("frame %d at %d", frame, arrival)
                        .isEqualTo(place);
                if (place) {
                    departures.add(exact.serve(arrival, octets));
                    assertThat(server.serve(arrival, octets)).isEqualTo(departures.get(departures.size() - 1));
                }
            }
        });
    }

    @Test
    void givesAPlaceBackAtTheVeryTimeOfADeparture() {
        Server server = new Server(8_000_000_000L, 1, 0, 0);
        server.serve(0, 100);
        assertThat(server.hasPlace(99)).isFalse();
        assertThat(server.hasPlace(100)).isTrue();
    }

    @Test
    void hasPlacesForSoManyFramesAsFitBesideThoseInTheSystem() {
        Server server = new Server(8_000_000_000L, 3, 0, 0);
        server.serve(0, 100);
        server.serve(0, 100);
        assertThat(server.hasPlaces(1, 0)).isTrue();
        assertThat(server.hasPlaces(2, 99)).isFalse();
        assertThat(server.hasPlaces(2, 100)).isTrue();
        assertThat(server.hasPlaces(3, 200)).isTrue();
        assertThat(server.hasPlaces(4, 200)).isFalse();
        assertThat(server.hasPlaces(2, 99)).as("nothing changed").isFalse();
    }

    @Test
    void countsTheFrameInServiceAmongItsPlaces() {
        Server server = new Server(8_000_000_000L, 2, 0, 0);
        server.serve(0, 100);
        assertThat(server.hasPlace(0)).isTrue();
        server.serve(0, 100);
        assertThat(server.hasPlace(0)).isFalse();
    }

    @Test
    void takesNoTimeAndRefusesNobodyWhenUnlimited() {
        Server server = Server.unlimited();
        assertThat(server.refuses()).isFalse();
        for (int frame = 0; frame < 1_000; frame++) {
            assertThat(server.hasPlace(5)).isTrue();
            assertThat(server.serve(5, 9_000)).isEqualTo(5);
        }
        assertThat(server.earliest()).isEqualTo(5);
    }

    @Test
    void mayRefuseOnlyWithALimitOfBothRateAndPlaces() {
        assertThat(new Server(1, 1, 0, 0).refuses()).isTrue();
        assertThat(new Server(1, ANY_NUMBER, 0, 0).refuses()).isFalse();
        // What takes no time never has more than one frame at a time
        assertThat(new Server(Server.UNLIMITED, 1, 0, 0).refuses()).isFalse();
    }

    @Test
    void copiesToAnotherThatAnswersTheSameAndGoesItsOwnWay() {
        Property.forAll(200, dice -> {
            Server server = new Server(rate(dice), dice.pick(1, 3, 8), 0, 0);
            long arrival = NOW;
            for (int frame = dice.below(50); frame > 0; frame--) {
                arrival += gap(dice);
                serveIfPlace(server, arrival);
            }
            Server same = server.copy();
            Server other = server.copy();
            for (int frame = 0; frame < 20; frame++) {
                serveIfPlace(other, arrival + 3L * frame);
            }
            for (int frame = 0; frame < 50; frame++) {
                arrival += gap(dice);
                assertThat(serveIfPlace(same, arrival)).isEqualTo(serveIfPlace(server, arrival));
            }
        });
    }

    @Test
    void doesNotExistWithoutARateOrAPlace() {
        assertThatThrownBy(() -> new Server(0, 1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Server(-1, 1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Server(1, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void servesTheLongestFrameThatACaptureCanClaim() {
        // A length field of 31 bits at 1 bit/ns
        Server server = new Server(1_000_000_000L, ANY_NUMBER, 0, 24);
        assertThat(server.serve(0, Integer.MAX_VALUE)).isEqualTo(8L * (Integer.MAX_VALUE + 24L));
    }

    private static long serveIfPlace(Server server, long arrival) {
        return server.hasPlace(arrival) ? server.serve(arrival, 100) : -1;
    }

    private static long rate(Dice dice) {
        return dice.pick(
                7L, 9_600L, 10_000_000L, 999_999_937L, 1_000_000_000L, TEN_GIGABIT, 25_781_250_000L, 400_000_000_000L);
    }

    private static long gap(Dice dice) {
        return dice.percent(60) ? dice.below(4) : dice.percent(80) ? dice.below(2_000) : dice.between(0L, 100_000_000L);
    }

    /** Time as a fraction of integers, with the rate as its denominator. */
    private static final class Exact {
        private final BigInteger rate;
        private final int least;
        private final int overhead;
        private BigInteger busy = BigInteger.ZERO;

        Exact(long rate, int least, int overhead) {
            this.rate = BigInteger.valueOf(rate);
            this.least = least;
            this.overhead = overhead;
        }

        long serve(long arrival, int octets) {
            BigInteger start = rate.multiply(BigInteger.valueOf(arrival)).max(busy);
            long bits = 8L * (Math.max(octets, least) + overhead);
            busy = start.add(BigInteger.valueOf(bits).multiply(BigInteger.valueOf(1_000_000_000L)));
            BigInteger[] ended = busy.divideAndRemainder(rate);
            return ended[0].longValueExact() + (ended[1].signum() > 0 ? 1 : 0);
        }
    }
}
