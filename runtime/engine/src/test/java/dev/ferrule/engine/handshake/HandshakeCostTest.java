package dev.ferrule.engine.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.engine.Allocations;
import dev.ferrule.engine.extension.ExtensionOffer;
import dev.ferrule.engine.extension.HeaderSyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** V20: handshake headers of an attacker cost in proportion to their length; what is allocated stands for the work. */
class HandshakeCostTest {
    static Stream<Arguments> headers() {
        return Stream.of(
                header("Sec-WebSocket-Extensions", "an unclosed quote", n -> "x; y=\"" + "a".repeat(n)),
                header("Sec-WebSocket-Extensions", "many parameters", n -> "x" + "; y=1".repeat(n / 5)),
                header("Sec-WebSocket-Extensions", "many offers", n -> "x, ".repeat(n / 3)),
                header("Sec-WebSocket-Extensions", "many escapes", n -> "x; y=\"" + "\\a".repeat(n / 2) + '"'),
                header("Sec-WebSocket-Extensions", "many commas", n -> ",".repeat(n)),
                header("Sec-WebSocket-Extensions", "many spaces", n -> "x" + " ".repeat(n) + "y"),
                header("Sec-WebSocket-Extensions", "one token", n -> "a".repeat(n)),
                header("Sec-WebSocket-Protocol", "many subprotocols", n -> "a,".repeat(n / 2)),
                header("Sec-WebSocket-Protocol", "many spaces", n -> " ".repeat(n)),
                header("Connection", "many tokens", n -> "a,".repeat(n / 2)),
                header("Upgrade", "spaces and commas", n -> " ,".repeat(n / 2)),
                header("Sec-WebSocket-Key", "a long key", n -> "A".repeat(n)));
    }

    private static Arguments header(String name, String what, IntFunction<String> value) {
        return Arguments.of(name, what, value);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("headers")
    void twiceTheLengthCostsAtMostTwiceAsMuch(String name, String what, IntFunction<String> value) {
        String once = value.apply(32 * 1024);
        String twice = value.apply(64 * 1024);
        double[] ratios =
                new double[9]; // the compiler may take allocations away between two of them: the median is without that
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] =
                    (double) Allocations.once(() -> examine(name, twice)) / Allocations.once(() -> examine(name, once));
        }
        Arrays.sort(ratios);
        assertThat(ratios[ratios.length / 2]).isLessThan(2.3);
    }

    private static void examine(String name, String value) {
        Map<String, List<String>> headers = ServerHandshakeTest.request();
        headers.put(name, List.of(value));
        try {
            ServerHandshake handshake = ServerHandshake.examine(new RequestHead("GET", "/", headers));
            ExtensionOffer.parse(List.of(ExtensionOffer.print(handshake.extensions())));
        } catch (HandshakeRefusal | HeaderSyntaxException e) {
            assertThat(e).hasNoCause();
        }
    }
}
