package dev.ferrule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ferrule.engine.api.HandshakeFailure;
import dev.ferrule.engine.extension.DeflateSettings;
import dev.ferrule.engine.extension.ExtensionNegotiation;
import dev.ferrule.engine.extension.ExtensionOffer;
import dev.ferrule.engine.extension.FrameExtension;
import dev.ferrule.engine.extension.FrameExtension.Agreement;
import dev.ferrule.engine.extension.HeaderSyntaxException;
import dev.ferrule.engine.extension.PerMessageDeflate;
import dev.ferrule.engine.handshake.AcceptKey;
import dev.ferrule.engine.handshake.ClientHandshake;
import dev.ferrule.engine.handshake.HandshakeRefusal;
import dev.ferrule.engine.handshake.HeaderRules;
import dev.ferrule.engine.handshake.RequestHead;
import dev.ferrule.engine.handshake.ResponseHead;
import dev.ferrule.engine.handshake.ServerHandshake;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * FZ3, FZ4 and FZ5: heads and headers. A head is text: its first line is the method and the target, or the status; each
 * other line is a field. {@code %KEY%} stands for the right accept value.
 */
public class HandshakeFuzz {
    private static final List<String> SUBPROTOCOLS = List.of("soap", "wamp");
    /** Object headers, lists, builders: what a header costs beside its characters, at its worst, for each of them. */
    private static final int BYTES_PER_CHARACTER = 1000;

    static Stream<byte[]> requestSeeds() throws Exception {
        return Corpus.of("request");
    }

    static Stream<byte[]> responseSeeds() throws Exception {
        return Corpus.of("response");
    }

    static Stream<byte[]> headerSeeds() throws Exception {
        return Corpus.of("header");
    }

    @MethodSource("requestSeeds")
    @FuzzTest(maxDuration = "10m")
    void aServerExaminesAnyRequest(byte[] input) throws Exception {
        String[] lines = new String(input, StandardCharsets.ISO_8859_1).split("\n", -1);
        String[] first = lines[0].split(" ", 2);
        RequestHead request = new RequestHead(first[0], first.length < 2 ? "/" : first[1], fields(lines));
        boolean accepted = false;
        long allocated = 0;
        try {
            ServerHandshake[] handshake = new ServerHandshake[1];
            HandshakeRefusal[] refusal = new HandshakeRefusal[1];
            allocated = Allocations.once(() -> {
                try {
                    handshake[0] = ServerHandshake.examine(request);
                } catch (HandshakeRefusal e) {
                    refusal[0] = e;
                }
            });
            if (refusal[0] != null) {
                throw refusal[0];
            }
            accepted = true;
            requireRightAnswer(request, handshake[0]);
        } catch (HandshakeRefusal e) {
            assertThat(e.status()).isIn(400, 405, 426);
            HeaderRules.requireValid(e.headers());
        }
        assertThat(allocated).isLessThanOrEqualTo(8192 + (long) BYTES_PER_CHARACTER * input.length);
        assertThat(accepted).as("%s", request).isEqualTo(opens(request));
    }

    private static void requireRightAnswer(RequestHead request, ServerHandshake handshake) {
        String subprotocol = handshake.subprotocols().isEmpty()
                ? null
                : handshake.subprotocols().get(0);
        Map<String, List<String>> answer = handshake.responseHeaders(subprotocol, handshake.extensions());
        HeaderRules.requireValid(answer);
        String key = trimmed(request.header("Sec-WebSocket-Key"));
        assertThat(answer.get("Sec-WebSocket-Accept")).containsExactly(AcceptKey.of(key));
        assertThat(new ResponseHead(101, answer).header("upgrade")).isEqualTo("websocket");
    }

    /** RFC 6455 §4.2.1 as a checklist, written without looking at ours. */
    private static boolean opens(RequestHead request) {
        Map<String, List<String>> fields = request.headers();
        boolean opens = request.method().equals("GET");
        opens &= fields.getOrDefault("Host", List.of()).size() == 1;
        opens &= elements(fields, "Upgrade").contains("websocket");
        opens &= elements(fields, "Connection").contains("upgrade");
        opens &= fields.getOrDefault("Sec-WebSocket-Version", List.of()).stream()
                .map(HandshakeFuzz::trimmed)
                .toList()
                .equals(List.of("13"));
        List<String> keys = fields.getOrDefault("Sec-WebSocket-Key", List.of());
        opens &= keys.size() == 1 && isKey(trimmed(keys.get(0)));
        opens &= !fields.containsKey("Transfer-Encoding");
        opens &= fields.getOrDefault("Content-Length", List.of()).stream()
                .allMatch(length -> trimmed(length).equals("0"));
        for (String list : fields.getOrDefault("Sec-WebSocket-Protocol", List.of())) {
            for (String element : list.split(",", -1)) {
                opens &= trimmed(element).matches("[!#$%&'*+\\-.^_`|~0-9A-Za-z]*");
            }
        }
        try {
            ExtensionOffer.parse(fields.getOrDefault("Sec-WebSocket-Extensions", List.of()));
        } catch (HeaderSyntaxException e) {
            opens = false;
        }
        return opens;
    }

    private static List<String> elements(Map<String, List<String>> fields, String name) {
        List<String> elements = new ArrayList<>();
        for (String list : fields.getOrDefault(name, List.of())) {
            for (String element : list.split(",", -1)) {
                elements.add(trimmed(element).toLowerCase(Locale.ROOT));
            }
        }
        return elements;
    }

    private static boolean isKey(String key) {
        try {
            return key.length() == 24 && Base64.getDecoder().decode(key).length == 16;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Spaces and tabs only, as HTTP has it. */
    private static String trimmed(String text) {
        return text.replaceAll("^[ \t]+|[ \t]+$", "");
    }

    private static Map<String, List<String>> fields(String[] lines) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String line : Arrays.asList(lines).subList(1, lines.length)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                        .add(trimmed(line.substring(colon + 1)));
            }
        }
        return fields;
    }

    @MethodSource("responseSeeds")
    @FuzzTest(maxDuration = "10m")
    void aClientChecksAnyResponse(byte[] input) {
        ClientHandshake handshake = new ClientHandshake(
                "h",
                "/",
                SUBPROTOCOLS,
                List.of(new ExtensionOffer("a", List.of()), new ExtensionOffer("b", List.of())));
        String accept = AcceptKey.of(handshake.key());
        String[] lines = new String(input, StandardCharsets.ISO_8859_1)
                .replace("%KEY%", accept)
                .split("\n", -1);
        int status = lines[0].equals("101") ? 101 : 100 + (lines[0].hashCode() & 0xFF);
        ResponseHead response = new ResponseHead(status, fields(lines));
        try {
            ClientHandshake.Result result = handshake.check(response);
            assertThat(status).isEqualTo(101);
            assertThat(response.headers().get("Sec-WebSocket-Accept")).containsExactly(accept);
            assertThat(response.headers().get("Upgrade").get(0)).isEqualToIgnoringCase("websocket");
            assertThat(elements(response.headers(), "Connection")).contains("upgrade");
            assertThat(result.subprotocol() == null).isEqualTo(response.header("Sec-WebSocket-Protocol") == null);
            assertThat(result.subprotocol()).isIn(null, "soap", "wamp");
            assertThat(result.extensions()).extracting(ExtensionOffer::name).doesNotHaveDuplicates();
            assertThat(List.of("a", "b"))
                    .containsAll(result.extensions().stream()
                            .map(ExtensionOffer::name)
                            .toList());
        } catch (HandshakeFailure e) {
            assertThat(e).hasMessageNotContaining("\r").hasMessageNotContaining("\n");
        }
    }

    @MethodSource("headerSeeds")
    @FuzzTest(maxDuration = "10m")
    void extensionHeadersAreNegotiatedOrRefused(byte[] input) throws Exception {
        if (input.length < 2) {
            return;
        }
        DeflateSettings settings = new DeflateSettings(
                6, 0, (input[0] & 1) == 0, (input[0] & 2) == 0, 8 + (input[0] >> 2 & 7), 8 + (input[0] >> 5 & 7));
        String header = new String(input, 1, input.length - 1, StandardCharsets.ISO_8859_1);
        List<ExtensionOffer> offers;
        try {
            offers = ExtensionOffer.parse(Arrays.asList(header.split("\n", -1)));
        } catch (HeaderSyntaxException e) {
            return;
        }
        String printed = ExtensionOffer.print(offers);
        HeaderRules.requireValid(Map.of("Sec-WebSocket-Extensions", List.of(printed)));
        assertThat(ExtensionOffer.parse(List.of(printed))).isEqualTo(offers);
        try (PerMessageDeflate deflate = new PerMessageDeflate(settings)) {
            List<Agreement> agreed = ExtensionNegotiation.answer(List.<FrameExtension>of(deflate), offers);
            assertThat(agreed).hasSizeLessThanOrEqualTo(1);
            for (Agreement agreement : agreed) {
                ExtensionOffer answer = agreement.response();
                assertThat(answer.name()).isEqualTo(PerMessageDeflate.NAME);
                // Whoever made these offers has to understand our answer, and a second look changes nothing.
                List<ExtensionOffer> again = ExtensionOffer.parse(List.of(answer.toString()));
                try (PerMessageDeflate client = new PerMessageDeflate(DeflateSettings.DEFAULT)) {
                    client.acceptResponse(again.get(0), offers);
                }
            }
        }
    }
}
