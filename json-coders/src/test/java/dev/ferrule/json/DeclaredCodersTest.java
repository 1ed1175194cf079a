package dev.ferrule.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.container.FerruleServer;
import dev.ferrule.json.Shapes.Buy;
import dev.ferrule.json.Shapes.Command;
import dev.ferrule.json.Shapes.Order;
import dev.ferrule.json.Shapes.Sell;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.websocket.DecodeException;
import jakarta.websocket.Decoder;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Encoder;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.Writer;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON coders that endpoints name in their annotations, as they are or extended. */
@Timeout(30)
class DeclaredCodersTest {
    private static final String ORDER = "{\"count\":2,\"item\":\"cup\"}";

    public static class OrdersDecoder extends JsonDecoder<List<Order>> {}

    public static class OrderDecoder extends JsonDecoder<Order> {}

    public static class OrderBytesDecoder extends JsonDecoder.Binary<Order> {}

    public static class OrderReader extends JsonDecoder.TextStream<Order> {}

    public static class OrderStreamReader extends JsonDecoder.BinaryStream<Order> {}

    public static class OrderEncoder extends JsonEncoder<Order> {}

    public static class BuyDecoder extends JsonDecoder<Buy> {}

    public static class SellDecoder extends JsonDecoder<Sell> {}

    public static class BuyBytesDecoder extends JsonDecoder.Binary<Buy> {}

    public static class SellBytesDecoder extends JsonDecoder.Binary<Sell> {}

    public abstract static class Answering {
        @OnMessage
        public Object answer(Order order) {
            return order;
        }

        @OnError
        public String failed(Throwable error) {
            return null;
        }
    }

    @ServerEndpoint(value = "/text-text", decoders = OrderDecoder.class, encoders = JsonEncoder.class)
    public static class TextToText extends Answering {}

    @ServerEndpoint(value = "/text-binary", decoders = OrderReader.class, encoders = JsonEncoder.Binary.class)
    public static class TextToBinary extends Answering {}

    @ServerEndpoint(value = "/binary-text", decoders = OrderBytesDecoder.class, encoders = JsonEncoder.TextStream.class)
    public static class BinaryToText extends Answering {}

    @ServerEndpoint(
            value = "/binary-binary",
            decoders = OrderStreamReader.class,
            encoders = JsonEncoder.BinaryStream.class)
    public static class BinaryToBinary extends Answering {}

    @ServerEndpoint(value = "/many", decoders = OrdersDecoder.class)
    public static class Many {
        @OnMessage
        public int count(List<Order> orders) {
            return orders.stream().mapToInt(Order::count).sum();
        }
    }

    @ServerEndpoint(value = "/quoted", encoders = JsonEncoder.class)
    public static class Quoted {
        @OnMessage
        public String back(String text) {
            return text;
        }
    }

    @ServerEndpoint(value = "/typed", encoders = OrderEncoder.class)
    public static class Typed {
        @OnMessage
        public Object back(String text) {
            return text.equals("order") ? new Order("cup", 2) : text;
        }
    }

    @ServerEndpoint(
            value = "/shared",
            decoders = {BuyDecoder.class, SellDecoder.class, BuyBytesDecoder.class, SellBytesDecoder.class})
    public static class Shared {
        @OnMessage
        public String take(Command command) {
            return command.toString();
        }
    }

    @ServerEndpoint("/beside")
    public static class BesideBytes {
        @OnMessage
        public Order order(Order order) {
            return order;
        }

        @OnMessage
        public int bytes(byte[] bytes) {
            return bytes.length;
        }
    }

    @ServerEndpoint("/two")
    public static class TwoForText {
        @OnMessage
        public void order(Order order) {}

        @OnMessage
        public void command(Command command) {}
    }

    @ServerEndpoint(value = "/untyped", decoders = JsonDecoder.class)
    public static class Untyped extends Answering {}

    @ParameterizedTest
    @ValueSource(strings = {"text-text", "text-binary", "binary-text", "binary-binary"})
    void everyFormIsReadAndWritten(String path) throws Exception {
        try (FerruleServer server =
                Talk.server("netty", TextToText.class, TextToBinary.class, BinaryToText.class, BinaryToBinary.class)) {
            Talk talk = Talk.with(server, path);
            if (path.startsWith("text")) {
                talk.say(ORDER);
            } else {
                talk.session().getBasicRemote().sendBinary(bytes(ORDER));
            }
            assertThat(talk.next()).isEqualTo(path.endsWith("text") ? ORDER : bytes(ORDER));
        }
    }

    @Test
    void aDecoderKeepsTheGenericArgumentsThatItsClassSays() throws Exception {
        try (FerruleServer server = Talk.server("memory", Many.class)) {
            assertThat(Talk.with(server, "many")
                            .say("[" + ORDER + "," + ORDER + "]")
                            .next())
                    .isEqualTo("4");
        }
    }

    @Test
    void theOpenEncoderEncodesEverythingAndATypedOneItsType() throws Exception {
        try (FerruleServer server = Talk.server("memory", Quoted.class, Typed.class)) {
            assertThat(Talk.with(server, "quoted").say("a \"b\"").next()).isEqualTo("\"a \\\"b\\\"\"");
            Talk typed = Talk.with(server, "typed");
            assertThat(typed.say("order").next()).isEqualTo(ORDER);
            assertThat(typed.say("plain").next()).isEqualTo("plain");
        }
    }

    @Test
    void severalDecodersShareASocketByTheTypeThatAMessageNames() throws Exception {
        try (FerruleServer server = Talk.server("memory", Shared.class)) {
            Talk talk = Talk.with(server, "shared");
            String sell = "{\"item\":\"pot\",\"limit\":2,\"do\":\"sell\"}";
            assertThat(talk.say(sell).next()).isEqualTo("Sell[item=pot, limit=2]");
            assertThat(talk.say("{\"do\":\"buy\",\"item\":\"cup\",\"count\":1}").next())
                    .isEqualTo("Buy[item=cup, count=1]");
            talk.session().getBasicRemote().sendBinary(bytes(sell));
            assertThat(talk.next()).isEqualTo("Sell[item=pot, limit=2]");
        }
    }

    static Stream<String> whatADecoderMayBeMeantFor() {
        return Stream.of(
                "{\"do\":\"buy\"}",
                "{\"x\":{\"do\":\"sell\"}}",
                "{}",
                "[1]",
                "{\"do\":3}",
                "{\"do\":",
                "[".repeat(5000));
    }

    @ParameterizedTest
    @MethodSource("whatADecoderMayBeMeantFor")
    void onlyTheNameOfAnotherTypeKeepsADecoderAway(String message) {
        assertThat(new BuyDecoder().willDecode(message)).isTrue();
        assertThat(new BuyDecoder().willDecode("{\"a\":[1,2],\"do\":\"sell\"}")).isFalse();
    }

    @Test
    void aMethodForBytesKeepsThemAndJsonStaysText() throws Exception {
        try (FerruleServer server = Talk.server("memory", BesideBytes.class)) {
            Talk talk = Talk.with(server, "beside");
            assertThat(talk.say(ORDER).next()).isEqualTo(ORDER);
            talk.session().getBasicRemote().sendBinary(bytes("abc"));
            assertThat(talk.next()).isEqualTo("3");
        }
    }

    @Test
    void twoMethodsForJsonAreOneTooMany() {
        assertThatThrownBy(() -> Talk.server("memory", TwoForText.class).close())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("take text messages, but only one @OnMessage method may");
    }

    @Test
    void aDecoderMustSayItsType() {
        assertThatThrownBy(() -> Talk.server("memory", Untyped.class).close())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("JsonDecoder");
    }

    @Test
    void codersWorkWithoutAContainer() throws Exception {
        Encoder.Text<Order> encoder = new OrderEncoder();
        Decoder.Text<Order> decoder = new OrderDecoder();
        assertThat(encoder.encode(new Order("cup", 2))).isEqualTo(ORDER);
        assertThat(decoder.decode(ORDER)).isEqualTo(new Order("cup", 2));
        assertThatThrownBy(() -> new OrderBytesDecoder().decode(ByteBuffer.wrap(new byte[] {'"', (byte) 0xff, '"'})))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("no UTF-8");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As an application's own that leaves flushing to others. */
    private static Jsonb unflushing() {
        Jsonb real = JsonbBuilder.create();
        return (Jsonb) Proxy.newProxyInstance(
                DeclaredCodersTest.class.getClassLoader(), new Class<?>[] {Jsonb.class}, (proxy, method, arguments) -> {
                    ((Writer) arguments[arguments.length - 1]).write(real.toJson(arguments[0]));
                    return null;
                });
    }

    @Test
    void bytesAreWholeAlsoWhenTheJsonbDoesNotFlush() throws Exception {
        JsonEncoder.Binary<Order> whole = new JsonEncoder.Binary<>();
        whole.use(DeclaredCodersTest::unflushing);
        assertThat(StandardCharsets.UTF_8
                        .decode(whole.encode(new Order("cup", 2)))
                        .toString())
                .isEqualTo(ORDER);
        JsonEncoder.BinaryStream<Order> stream = new JsonEncoder.BinaryStream<>();
        stream.use(DeclaredCodersTest::unflushing);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        stream.encode(new Order("cup", 2), bytes);
        assertThat(bytes).hasToString(ORDER);
    }
}
