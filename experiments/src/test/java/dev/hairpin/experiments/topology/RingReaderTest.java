package dev.hairpin.experiments.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.ring.HostSide;
import dev.hairpin.model.ring.Pcie;
import dev.hairpin.model.ring.ReceiveRing;
import dev.hairpin.model.ring.Rss;
import dev.hairpin.model.ring.Share;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RingReaderTest {
    private final Problems problems = new Problems();

    @Test
    void aFunctionHasReceiveRingsOfOneKind() {
        HostSide.Function rings = function("queues = 4, ring = 512, rate = 1Gbit, itr = 20us, refill = 16");
        assertThat(rings.queues()).isEqualTo(4);
        assertThat(rings.receives()).isEqualTo(new ReceiveRing.Settings(512, 1_000_000_000L, 20_000, 16));
        assertThat(rings.rss().table()).hasSize(128).startsWith(0, 1, 2, 3, 0, 1);
        assertThat(rings.rss().udp()).isFalse();
        assertThat(function("queues = 4, rss-udp = on").rss().udp()).isTrue();
    }

    @Test
    void aFunctionHasATransmitRingAndAShare() {
        assertThat(function("tx-ring = 256, weight = 2, priority = 3, min-rate = 1Gbit, max-rate = 2Gbit")
                        .sends())
                .isEqualTo(new Share(256, 2, 3, 1_000_000_000L, 2_000_000_000L));
    }

    @Test
    void aNicHasASlotAndARateAtWhichItTakesFrames() {
        HostSide host = host("pcie { generation = 1, lanes = 4, payload = 128, buffer = 100 }, tx-rate = 10Gbit");
        assertThat(host.pcie()).isEqualTo(new Pcie(1, 4, 128, 100));
        assertThat(host.rate()).isEqualTo(10_000_000_000L);
        assertThat(host("pcie {}").pcie()).isEqualTo(new Pcie(3, 8, 256, Integer.MAX_VALUE));
    }

    @Test
    void whatIsNotSaidIsUnlimited() {
        assertThat(function("")).isEqualTo(HostSide.Function.UNLIMITED);
        assertThat(function("").rss()).isEqualTo(Rss.Settings.of(1));
        assertThat(host("")).isEqualTo(new HostSide(Pcie.UNLIMITED, Server.UNLIMITED, List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "queues = 0 | 1 to 128",
                "queues = 129 | 1 to 128",
                "itr = fast | a time",
                "'ring = 8, refill = 16' | given back 16 at a time",
                "weight = 0 | 1 to 1000",
                "priority = 17 | 0 to 16",
                "'min-rate = 2Gbit, max-rate = 1Gbit' | at least 2000000000 and at most 1000000000 bit/s",
                "min-rate = unlimited | at least",
            })
    void isRefusedWithWhatWasExpected(String settings, String words) {
        function(settings);
        assertThat(problems.inOrder()).singleElement().asString().contains(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pcie { generation = 4 } | 1 to 3",
                "pcie { lanes = 3 } | 3 lanes",
                "pcie { payload = 200 } | payloads of 200 octets",
                "pcie { speed = 8 } | unknown key",
                "pcie = 3 | generation = 2",
            })
    void aSlotThatNobodyMakesIsRefused(String settings, String words) {
        host(settings);
        assertThat(problems.inOrder()).singleElement().asString().contains(words);
    }

    @Test
    void hashingUdpMeansNothingWithOneQueue() {
        function("rss-udp = on");
        assertThat(problems.inOrder()).singleElement().asString().contains("means nothing with one queue");
    }

    private HostSide.Function function(String settings) {
        return RingReader.function(block(settings));
    }

    private HostSide host(String settings) {
        return RingReader.host(block(settings), List.of());
    }

    private Block block(String settings) {
        return new Block("nics.nic0", ConfigFactory.parseString(settings).root(), problems);
    }
}
