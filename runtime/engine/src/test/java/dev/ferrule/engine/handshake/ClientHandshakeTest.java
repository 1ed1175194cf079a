package dev.ferrule.engine.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.engine.api.HandshakeFailure;
import dev.ferrule.engine.extension.ExtensionOffer;
import dev.ferrule.engine.extension.ExtensionOffer.Parameter;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The opening handshake seen by the client (RFC 6455 §4.1): V16, V18, V26. */
class ClientHandshakeTest {
    private final ClientHandshake handshake = new ClientHandshake(
            "example.com:81",
            "/a?b=c",
            List.of("soap", "wamp"),
            List.of(new ExtensionOffer("deflate", List.of(new Parameter("bits", "9"), new Parameter("bare", null)))));

    private Map<String, List<String>> answer() {
        return Headers.modifiableCopyOf(Map.of(
                "Upgrade", List.of("WebSocket"),
                "Connection", List.of("keep-alive, Upgrade"),
                "Sec-WebSocket-Accept", List.of(AcceptKey.of(handshake.key()))));
    }

    private ClientHandshake.Result check(String header, String... values) throws HandshakeFailure {
        Map<String, List<String>> headers = answer();
        headers.put(header, List.of(values));
        return handshake.check(new ResponseHead(101, headers));
    }

    @Test
    void theRequestSaysWhatIsAsked() {
        Map<String, List<String>> request = handshake.requestHeaders();
        assertThat(request)
                .containsEntry("Host", List.of("example.com:81"))
                .containsEntry("Upgrade", List.of("websocket"))
                .containsEntry("Connection", List.of("Upgrade"))
                .containsEntry("Sec-WebSocket-Version", List.of("13"))
                .containsEntry("Sec-WebSocket-Key", List.of(handshake.key()))
                .containsEntry("Sec-WebSocket-Protocol", List.of("soap, wamp"))
                .containsEntry("Sec-WebSocket-Extensions", List.of("deflate; bits=9; bare"));
        request.get("Host").clear();
        assertThat(handshake.requestHeaders().get("Host")).isNotEmpty();
    }

    @Test
    void aPlainRequestNamesNoSubprotocolAndNoExtension() {
        assertThat(new ClientHandshake("h", "/", List.of(), List.of()).requestHeaders())
                .hasSize(5)
                .doesNotContainKeys("Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions");
    }

    @Test
    void ourServerAcceptsOurRequest() throws Exception {
        ServerHandshake server = ServerHandshake.examine(new RequestHead("GET", "/a?b=c", handshake.requestHeaders()));
        ClientHandshake.Result result =
                handshake.check(new ResponseHead(101, server.responseHeaders("wamp", server.extensions())));
        assertThat(result.subprotocol()).isEqualTo("wamp");
        assertThat(result.extensions()).isEqualTo(server.extensions());
    }

    @Test
    void keysAreSixteenBytesAndNeverTheSame() {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String key = AcceptKey.newKey();
            assertThat(Base64.getDecoder().decode(key)).hasSize(16);
            keys.add(key);
        }
        assertThat(keys).hasSize(1000);
    }

    @Test
    void theLeastAnswerIsEnough() throws Exception {
        ClientHandshake.Result result = handshake.check(new ResponseHead(101, answer()));
        assertThat(result.subprotocol()).isNull();
        assertThat(result.extensions()).isEmpty();
    }

    @Tag("obligation-12.9")
    @ParameterizedTest
    @ValueSource(ints = {100, 200, 301, 400, 401, 407, 503})
    void onlyStatus101Opens(int status) {
        assertThatThrownBy(() -> handshake.check(new ResponseHead(status, answer())))
                .isInstanceOf(HandshakeFailure.class)
                .hasMessageContaining("" + status);
    }

    @Tag("obligation-12.9")
    @ParameterizedTest
    @ValueSource(strings = {"Upgrade", "Connection", "Sec-WebSocket-Accept"})
    void everyHeaderIsNeeded(String header) {
        Map<String, List<String>> headers = answer();
        headers.remove(header);
        assertThatThrownBy(() -> handshake.check(new ResponseHead(101, headers)))
                .isInstanceOf(HandshakeFailure.class)
                .hasMessageContaining(header);
    }

    @Tag("obligation-12.9")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Upgrade | h2c",
                "Upgrade | websocket, h2c",
                "Upgrade | ''",
                "Connection | keep-alive",
                "Connection | ''",
                "Sec-WebSocket-Accept | ''",
                "Sec-WebSocket-Accept | s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                "Sec-WebSocket-Protocol | mqtt",
                "Sec-WebSocket-Protocol | SOAP",
                "Sec-WebSocket-Protocol | soap, wamp",
                "Sec-WebSocket-Protocol | ''",
                "Sec-WebSocket-Extensions | unasked",
                "Sec-WebSocket-Extensions | deflate, deflate",
                "Sec-WebSocket-Extensions | deflate; ",
                "Sec-WebSocket-Extensions | constructor",
            })
    void aWrongAnswerFailsAndTheMessageNamesTheHeader(String header, String value) {
        assertThatThrownBy(() -> check(header, value))
                .isInstanceOf(HandshakeFailure.class)
                .message()
                .containsAnyOf(header, "extension");
    }

    @ParameterizedTest
    @CsvSource({"Upgrade, websocket", "Sec-WebSocket-Protocol, soap"})
    void whatMayStandOnceFailsTwice(String header, String value) {
        assertThatThrownBy(() -> check(header, value, value)).isInstanceOf(HandshakeFailure.class);
    }

    @Test
    void twoRightAcceptHeadersAreOneTooMany() {
        String accept = AcceptKey.of(handshake.key());
        assertThatThrownBy(() -> check("Sec-WebSocket-Accept", accept, accept)).isInstanceOf(HandshakeFailure.class);
    }

    @Test
    @Tag("obligation-12.9")
    void aSubprotocolNobodyAskedForFails() {
        ClientHandshake plain = new ClientHandshake("h", "/", List.of(), List.of());
        Map<String, List<String>> headers = answer();
        headers.put("Sec-WebSocket-Accept", List.of(AcceptKey.of(plain.key())));
        headers.put("Sec-WebSocket-Protocol", List.of("soap"));
        assertThatThrownBy(() -> plain.check(new ResponseHead(101, headers))).isInstanceOf(HandshakeFailure.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com\r\nX: y", "a\nb", "a\0", "exämple.com", "a\u007f"})
    void aHostCannotInjectAnything(String host) {
        assertThatThrownBy(() -> new ClientHandshake(host, "/", List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "chat", "/a b", "/a\r\nX: y", "/ä", "/a#b", "/\0", "http://h/"})
    void aTargetIsInOriginForm(String target) {
        assertThatThrownBy(() -> new ClientHandshake("h", target, List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a,b", "a\r\nX: y", "é", "soap"})
    void aSubprotocolIsATokenAndNamedOnce(String subprotocol) {
        assertThatThrownBy(() -> new ClientHandshake("h", "/", List.of("soap", subprotocol), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a;b", "a\r\nX: y", "é", "\"a\""})
    void anExtensionIsMadeOfTokens(String text) {
        assertThatThrownBy(() -> new ExtensionOffer(text, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Parameter(text, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Parameter("a", text)).isInstanceOf(IllegalArgumentException.class);
    }
}
