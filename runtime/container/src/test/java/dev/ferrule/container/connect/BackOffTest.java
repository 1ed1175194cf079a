package dev.ferrule.container.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOffTest {
    private static final URI ANYWHERE = URI.create("ws://localhost/");

    private static ReconnectPolicy.Lost lost(int code, int failures, Throwable cause) {
        return new ReconnectPolicy.Lost(
                ANYWHERE, new CloseReason(CloseCodes.getCloseCode(code), null), failures, cause);
    }

    @ParameterizedTest
    @CsvSource({"0,500", "1,1000", "2,2000", "3,4000", "5,16000", "6,30000", "7,30000", "10,30000"})
    void theWaitDoublesUpToTheLongest(int failures, long millis) {
        BackOff longest = ReconnectPolicy.backOff().random(() -> 1);
        assertThat(longest.next(lost(1006, failures, null))).isEqualTo(Duration.ofMillis(millis));
        BackOff shortest = ReconnectPolicy.backOff().random(() -> 0);
        assertThat(shortest.next(lost(1006, failures, null))).isEqualTo(Duration.ofMillis(millis / 2));
    }

    @Test
    void clientsDoNotWaitEquallyLong() {
        BackOff usual = ReconnectPolicy.backOff();
        assertThat(java.util.stream.IntStream.range(0, 100)
                        .mapToObj(i -> usual.next(lost(1006, 6, null)))
                        .distinct())
                .hasSizeGreaterThan(50)
                .allSatisfy(wait -> assertThat(wait).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30)));
    }

    @Test
    void tooManyFailuresEndIt() {
        assertThat(ReconnectPolicy.backOff().next(lost(1006, 11, null))).isNull();
        assertThat(ReconnectPolicy.backOff().failures(0).next(lost(1006, 0, null)))
                .isNotNull();
        assertThat(ReconnectPolicy.backOff().failures(0).next(lost(1006, 1, null)))
                .isNull();
    }

    @Test
    void aHugeNumberOfFailuresDoesNotOverflow() {
        BackOff patient = ReconnectPolicy.backOff().failures(Integer.MAX_VALUE).random(() -> 1);
        assertThat(patient.next(lost(1006, 1_000_000, null))).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource({
        "1000,false",
        "1001,true",
        "1002,false",
        "1003,false",
        "1006,true",
        "1007,false",
        "1008,false",
        "1009,false",
        "1010,false",
        "1011,true",
        "1012,true",
        "1013,true",
        "1014,true",
        "3000,false",
        "4000,false"
    })
    void onlyEndsThatANewConnectionCanMendAreWorthOne(int code, boolean worth) {
        assertThat(ReconnectPolicy.backOff().next(lost(code, 0, null)) != null).isEqualTo(worth);
    }

    @ParameterizedTest
    @CsvSource({"400,false", "401,false", "404,false", "408,true", "425,true", "429,true", "500,true", "503,true"})
    void aServerThatSaysNeverIsBelieved(int status, boolean goesOn) {
        HandshakeFailedException failed = new HandshakeFailedException("no", ANYWHERE, status, Map.of(), false, null);
        assertThat(ReconnectPolicy.backOff().next(lost(1006, 1, failed)) != null)
                .isEqualTo(goesOn);
    }

    @Test
    void aNetworkThatFailsIsTriedAgain() {
        assertThat(ReconnectPolicy.backOff().next(lost(1006, 1, new IOException("unreachable"))))
                .isNotNull();
    }

    @Test
    void senselessNumbersAreRefused() {
        assertThatThrownBy(() -> ReconnectPolicy.backOff().waits(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReconnectPolicy.backOff().failures(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
