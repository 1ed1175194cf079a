package dev.ferrule.engine.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ferrule.engine.extension.ExtensionOffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The opening handshake seen by the server (RFC 6455 §4.2): V16, V17. */
class ServerHandshakeTest {
    static Map<String, List<String>> request() {
        return Headers.modifiableCopyOf(Map.of(
                "Host", List.of("example.com"),
                "Upgrade", List.of("websocket"),
                "Connection", List.of("Upgrade"),
                "Sec-WebSocket-Key", List.of("dGhlIHNhbXBsZSBub25jZQ=="),
                "Sec-WebSocket-Version", List.of("13")));
    }

    private static RequestHead head(Map<String, List<String>> headers) {
        return new RequestHead("GET", "/chat", headers);
    }

    private static ServerHandshake examine(String header, String... values) throws HandshakeRefusal {
        Map<String, List<String>> headers = request();
        headers.put(header, List.of(values));
        return ServerHandshake.examine(head(headers));
    }

    @Test
    void theSampleOfTheRfcIsAccepted() throws Exception {
        Map<String, List<String>> answer =
                ServerHandshake.examine(head(request())).responseHeaders(null, List.of());
        assertThat(answer)
                .containsEntry("Upgrade", List.of("websocket"))
                .containsEntry("Connection", List.of("Upgrade"))
                .containsEntry("Sec-WebSocket-Accept", List.of("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
                .hasSize(3);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Upgrade | WebSocket",
                "Upgrade | h2c, websocket",
                "Upgrade | h2c/1 , websocket ,",
                "Connection | keep-alive, Upgrade",
                "Connection | upgrade",
                "Connection | keep-alive,\tUPGRADE",
                "Sec-WebSocket-Version | ' 13 '",
                "Sec-WebSocket-Key | ' dGhlIHNhbXBsZSBub25jZQ== '",
                "Content-Length | 0",
                "Sec-WebSocket-Protocol | a, b",
                "Sec-WebSocket-Protocol | ''",
                "Sec-WebSocket-Protocol | ,,a,",
                "Sec-WebSocket-Extensions | ''",
                "Sec-WebSocket-Extensions | unheard-of; with=\"quotes\"",
            })
    void whatIsAllowedIsAccepted(String header, String value) throws Exception {
        assertThat(examine(header, value)).isNotNull();
    }

    @Tag("obligation-16.1")
    @ParameterizedTest(name = "{0}: {1} gets {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Upgrade | h2c | 426",
                "Upgrade | websockets | 426",
                "Upgrade | '' | 426",
                "Connection | close | 400",
                "Connection | keep-alive | 400",
                "Connection | Upgrades | 400",
                "Sec-WebSocket-Key | '' | 400",
                "Sec-WebSocket-Key | dGhlIHNhbXBsZSBub25jZQ | 400",
                "Sec-WebSocket-Key | dGhlIHNhbXBsZSBub25jZQ=. | 400",
                "Sec-WebSocket-Key | dGhlIHNhbXBsZSBub25jZTEx | 400",
                "Sec-WebSocket-Key | ???????????????????????? | 400",
                "Sec-WebSocket-Version | 12 | 426",
                "Sec-WebSocket-Version | 8 | 426",
                "Sec-WebSocket-Version | 014 | 426",
                "Sec-WebSocket-Version | 13, 8 | 426",
                "Sec-WebSocket-Version | '' | 426",
                "Content-Length | 1000000000000 | 400",
                "Content-Length | 1 | 400",
                "Content-Length | -0 | 400",
                "Transfer-Encoding | chunked | 400",
                "Transfer-Encoding | identity | 400",
                "Sec-WebSocket-Protocol | a b | 400",
                "Sec-WebSocket-Protocol | (a) | 400",
                "Sec-WebSocket-Protocol | é | 400",
                "Sec-WebSocket-Extensions | x; | 400",
                "Sec-WebSocket-Extensions | ;x | 400",
                "Sec-WebSocket-Extensions | x; y= | 400",
                "Sec-WebSocket-Extensions | x; y=\"a b\" | 400",
            })
    void whatIsWrongIsRefused(String header, String value, int status) {
        HandshakeRefusal refusal = catchThrowableOfType(HandshakeRefusal.class, () -> examine(header, value));
        assertThat(refusal.status()).isEqualTo(status);
        assertThat(refusal.getMessage()).isNotBlank();
        assertThat(refusal.getStackTrace()).isEmpty();
    }

    @Tag("obligation-16.1")
    @ParameterizedTest
    @CsvSource({"Host, 400", "Upgrade, 426", "Connection, 400", "Sec-WebSocket-Key, 400", "Sec-WebSocket-Version, 426"})
    void everyHeaderIsNeeded(String header, int status) {
        Map<String, List<String>> headers = request();
        headers.remove(header);
        HandshakeRefusal refusal =
                catchThrowableOfType(HandshakeRefusal.class, () -> ServerHandshake.examine(head(headers)));
        assertThat(refusal.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"Host, 400", "Sec-WebSocket-Key, 400", "Sec-WebSocket-Version, 426"})
    void whatMayStandOnceIsRefusedTwice(String header, int status) {
        String value = request().get(header).get(0);
        HandshakeRefusal refusal = catchThrowableOfType(HandshakeRefusal.class, () -> examine(header, value, value));
        assertThat(refusal.status()).isEqualTo(status);
    }

    @Test
    @Tag("obligation-16.1")
    void anotherVersionIsToldWhichOneWeSpeak() {
        HandshakeRefusal refusal =
                catchThrowableOfType(HandshakeRefusal.class, () -> examine("Sec-WebSocket-Version", "25"));
        assertThat(refusal.headers()).containsEntry("Sec-WebSocket-Version", List.of("13"));
        assertThat(refusal.headers()).containsEntry("sec-websocket-version", List.of("13"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "get", "HEAD", "PUT", "CONNECT"})
    void onlyGetOpens(String method) {
        HandshakeRefusal refusal = catchThrowableOfType(
                HandshakeRefusal.class, () -> ServerHandshake.examine(new RequestHead(method, "/", request())));
        assertThat(refusal.status()).isEqualTo(405);
        assertThat(refusal.headers()).containsEntry("Allow", List.of("GET"));
    }

    @Test
    void twoBodyLengthsThatAreZeroAreNoBody() throws Exception {
        assertThat(examine("Content-Length", "0", "0")).isNotNull();
        assertThatThrownBy(() -> examine("Content-Length", "0", "5")).isInstanceOf(HandshakeRefusal.class);
    }

    @Test
    void subprotocolsKeepTheirOrderOverHeadersAndRepetition() throws Exception {
        assertThat(examine("Sec-WebSocket-Protocol", "soap, wamp", "wamp, mqtt").subprotocols())
                .containsExactly("soap", "wamp", "mqtt");
    }

    @Test
    void extensionsKeepTheirOrderOverHeaders() throws Exception {
        List<ExtensionOffer> offers =
                examine("Sec-WebSocket-Extensions", "b; x=1, a", "b").extensions();
        assertThat(ExtensionOffer.print(offers)).isEqualTo("b; x=1, a, b");
    }

    @Test
    void theAnswerNamesWhatWasChosen() throws Exception {
        ServerHandshake handshake = examine("Sec-WebSocket-Protocol", "wamp");
        List<ExtensionOffer> agreed = ExtensionOffer.parse(List.of("a; x=\"1\", b"));
        Map<String, List<String>> answer = handshake.responseHeaders("wamp", agreed);
        assertThat(answer)
                .containsEntry("Sec-WebSocket-Protocol", List.of("wamp"))
                .containsEntry("Sec-WebSocket-Extensions", List.of("a; x=1, b"));
        assertThat(handshake.responseHeaders(null, List.of())).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: b", "", "a b", "a,b", "é"})
    void aChosenSubprotocolCannotInjectAnything(String subprotocol) throws Exception {
        ServerHandshake handshake = ServerHandshake.examine(head(request()));
        assertThatThrownBy(() -> handshake.responseHeaders(subprotocol, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
