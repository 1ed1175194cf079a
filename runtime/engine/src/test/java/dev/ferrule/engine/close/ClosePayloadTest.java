package dev.ferrule.engine.close;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.engine.api.ProtocolViolation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** V39 and V09: what our close frames carry, byte by byte. */
class ClosePayloadTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "€", "😀", "a😀", "aé€😀"})
    void reasonsOfEveryLengthAreCutBetweenTwoCharacters(String unit) throws Exception {
        for (int times = 0; times < 200; times++) {
            String reason = unit.repeat(times);
            ByteBuffer payload = new ClosePayload(1000, reason).encode();
            byte[] whole = reason.getBytes(StandardCharsets.UTF_8);
            assertThat(payload.remaining()).isLessThanOrEqualTo(125);
            assertThat(payload.remaining() - 2).isGreaterThanOrEqualTo(Math.min(whole.length, 123 - 3));
            byte[] sent = new byte[payload.remaining() - 2];
            payload.get(2, sent);
            assertThat(reason).startsWith(new String(sent, StandardCharsets.UTF_8));
            assertThat(new String(sent, StandardCharsets.UTF_8)).doesNotContain("\uFFFD");
            assertThat(payload.array()).as("no byte beyond").hasSize(payload.remaining());
            assertThat(ClosePayload.parse(payload).code()).isEqualTo(1000);
        }
    }

    @Test
    void aReasonOfTenThousandCharactersFits() {
        assertThat(new ClosePayload(4999, "x".repeat(10_000)).encode().remaining())
                .isEqualTo(125);
    }

    @Test
    void halfASurrogatePairBecomesOneByte() {
        assertThat(new ClosePayload(1000, "\uD83D!").encode())
                .isEqualTo(ByteBuffer.wrap(new byte[] {3, -24, '?', '!'}));
    }

    @Test
    void noCodeIsAnEmptyFrame() throws Exception {
        assertThat(ClosePayload.NONE.encode().remaining()).isZero();
        assertThat(ClosePayload.parse(ByteBuffer.allocate(0))).isSameAs(ClosePayload.NONE);
    }

    @Test
    void oneByteIsNoCode() {
        assertThatThrownBy(() -> ClosePayload.parse(ByteBuffer.allocate(1)))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageContaining("one byte");
    }

    @Test
    void parsingLeavesTheBufferAsItWas() throws Exception {
        ByteBuffer payload = ByteBuffer.wrap(HexFormat.of().parseHex("ffff03e8e282acffff"), 2, 5);
        assertThat(ClosePayload.parse(payload)).isEqualTo(new ClosePayload(1000, "€"));
        assertThat(payload.position()).isEqualTo(2);
        assertThat(payload.remaining()).isEqualTo(5);
    }

    @Tag("obligation-6.6")
    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 999, 1004, 1006, 1015, 1016, 2999, 5000, 65535, 66536})
    void aCodeThatIsNotForTheWireIsRefused(int code) {
        assertThatThrownBy(() -> new ClosePayload(code, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("" + code);
    }

    @Test
    void aReasonNeedsACode() {
        assertThatThrownBy(() -> new ClosePayload(1005, "why")).isInstanceOf(IllegalArgumentException.class);
    }
}
