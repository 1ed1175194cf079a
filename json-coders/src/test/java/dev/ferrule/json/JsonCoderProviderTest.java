package dev.ferrule.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.container.spi.CoderProvider.Beans;
import dev.ferrule.container.spi.CoderProvider.Context;
import dev.ferrule.container.spi.CoderProvider.NativeType;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import jakarta.json.bind.config.PropertyNamingStrategy;
import jakarta.websocket.DecodeException;
import jakarta.websocket.Decoder;
import jakarta.websocket.EncodeException;
import jakarta.websocket.Encoder;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCoderProviderTest {
    public enum State {
        OPEN,
        SHIPPED
    }

    public record Order(String item, int count, Optional<String> note, LocalDate day, State state) {}

    public static class Customer {
        public String firstName;
    }

    @JsonbTypeInfo(key = "kind", value = @JsonbSubtype(alias = "circle", type = Circle.class))
    public interface Shape {}

    public record Circle(int radius) implements Shape {}

    public interface Plain {}

    public abstract static class Abstract {}

    public static class OnlyWithArguments {
        public OnlyWithArguments(String needed) {}
    }

    public class Inner {}

    record Hidden(int number) {}

    public static class Failure extends Exception {
        private static final long serialVersionUID = 1L;
    }

    public abstract static class Programmatic extends Endpoint {}

    public static class Circular {
        public Circular next;
    }

    /** The parameter types of this method are decoded. */
    @SuppressWarnings("unused")
    void data(
            Order order,
            State state,
            Customer customer,
            Shape shape,
            List<Order> orders,
            Map<String, List<Order>> byName,
            Set<? extends Order> some,
            List<Object> anything,
            ArrayList<State> states,
            Optional<Order> perhaps,
            Order[] array,
            int[] numbers,
            JsonValue value,
            JsonObject object,
            BigDecimal amount,
            Instant instant,
            UUID id) {}

    /** The parameter types of this method are not. */
    @SuppressWarnings("unused")
    void noData(
            Object any,
            Session session,
            EndpointConfig config,
            Programmatic endpoint,
            InputStream in,
            Reader reader,
            ByteBuffer bytes,
            Throwable error,
            Failure failure,
            Class<?> type,
            Method method,
            Runnable task,
            Function<String, String> function,
            ExecutorService executor,
            CompletableFuture<Order> later,
            List<Session> sessions,
            Map<String, Thread> threads,
            Thread[] array,
            Plain plain,
            Abstract half,
            OnlyWithArguments needy,
            Inner inner,
            StringBuilder builder,
            Hidden hidden,
            List<Order>[] lists,
            Override annotation) {}

    static List<Type> data() {
        return parametersOf("data");
    }

    static List<Type> noData() {
        return parametersOf("noData");
    }

    private static List<Type> parametersOf(String name) {
        for (Method method : JsonCoderProviderTest.class.getDeclaredMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() > 0) {
                return List.of(method.getGenericParameterTypes());
            }
        }
        throw new AssertionError(name);
    }

    private static final JsonCoderProvider PROVIDER = new JsonCoderProvider();

    @Test
    void theServiceLoaderFindsTheProvider() {
        assertThat(ServiceLoader.load(dev.ferrule.container.spi.CoderProvider.class))
                .hasAtLeastOneElementOfType(JsonCoderProvider.class);
    }

    @ParameterizedTest
    @MethodSource("data")
    void dataIsDecodedAndEncoded(Type type) {
        assertThat(PROVIDER.decoderFor(type, NativeType.TEXT, context(Beans.NONE)))
                .isInstanceOf(Decoder.Text.class);
        assertThat(PROVIDER.decoderFor(type, NativeType.BINARY, context(Beans.NONE)))
                .isInstanceOf(Decoder.Binary.class);
        assertThat(PROVIDER.encoderFor(type, NativeType.TEXT, context(Beans.NONE)))
                .isInstanceOf(Encoder.TextStream.class);
    }

    @ParameterizedTest
    @MethodSource("noData")
    void whatIsNoDataIsNotDecoded(Type type) {
        assertThat(PROVIDER.decoderFor(type, NativeType.TEXT, context(Beans.NONE)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Session.class,
                Failure.class,
                Thread.class,
                InputStream.class,
                Class.class,
                CompletableFuture.class,
                StringBuilder.class
            })
    void whatActsIsNotEncoded(Class<?> type) {
        assertThat(PROVIDER.encoderFor(type, NativeType.TEXT, context(Beans.NONE)))
                .isNull();
    }

    @Test
    void objectsGoOutAsText() {
        assertThat(PROVIDER.encoderFor(Order.class, NativeType.BINARY, context(Beans.NONE)))
                .isNull();
    }

    public static class NotOpen {
        NotOpen() {}
    }

    public static class HiddenCreator {
        @JsonbCreator
        static HiddenCreator of(@JsonbProperty("a") String a) {
            return new HiddenCreator(a);
        }

        private HiddenCreator(String a) {}
    }

    public record Envelope<T>(String kind, T body) {}

    public record Envelopes<T>(List<T> bodies, Optional<T> last) {}

    public static class Wrapper<T> {
        @JsonbCreator
        public Wrapper(@JsonbProperty("body") T body) {}
    }

    @JsonbTypeInfo(key = "do", value = @JsonbSubtype(alias = "hide", type = HiddenMove.class))
    public interface Move {}

    record HiddenMove(String to) implements Move {}

    @SuppressWarnings("unused")
    private static void envelopes(Envelope<Order> plain, Envelopes<Order> inLists, List<Wrapper<Order>> wrapped) {}

    @Test
    void whatJsonBCannotCallIsSaid() {
        assertThat(PROVIDER.obstacle(NotOpen.class)).contains("NotOpen", "public or protected");
        assertThat(PROVIDER.obstacle(HiddenCreator.class))
                .contains("HiddenCreator has a @JsonbCreator that is not public");
    }

    @Test
    void aSubtypeThatCannotBeMadeIsSaid() {
        assertThat(PROVIDER.obstacle(Move.class)).contains("HiddenMove is not public");
    }

    @Test
    void whatIsMadeOfAPlainVariableIsSaidAndListsOfItAreData() {
        List<Type> types = parametersOf("envelopes");
        assertThat(PROVIDER.obstacle(types.get(0))).contains("Envelope is made of a plain T");
        assertThat(PROVIDER.obstacle(types.get(1))).isNull();
        assertThat(PROVIDER.obstacle(types.get(2))).contains("Wrapper is made of a plain T");
    }

    @Test
    void whatStandsInTheWayIsSaid() {
        assertThat(PROVIDER.obstacle(Order.class)).isNull();
        assertThat(PROVIDER.obstacle(Plain.class)).contains("Plain is abstract", "@JsonbTypeInfo");
        assertThat(PROVIDER.obstacle(Inner.class)).contains("Inner is an inner class");
        assertThat(PROVIDER.obstacle(OnlyWithArguments.class)).contains("@JsonbCreator");
        assertThat(PROVIDER.obstacle(Hidden.class)).contains("Hidden is not public");
        assertThat(PROVIDER.obstacle(Thread.class)).contains("java.lang.Thread is no data");
        assertThat(PROVIDER.obstacle(parameter("lists"))).contains("use a List");
    }

    @Test
    void aRecordIsRead() throws Exception {
        assertThat(decode(Order.class, "{\"item\":\"cup\",\"count\":2,\"day\":\"2026-11-20\",\"state\":\"SHIPPED\"}"))
                .isEqualTo(new Order("cup", 2, Optional.empty(), LocalDate.of(2026, 11, 20), State.SHIPPED));
    }

    @Test
    void genericTypesKeepTheirArguments() throws Exception {
        assertThat(decode(parameter("byName"), "{\"a\":[{\"item\":\"cup\",\"count\":1}]}"))
                .isEqualTo(Map.of("a", List.of(new Order("cup", 1, Optional.empty(), null, null))));
    }

    @Test
    void aSubtypeIsChosenByItsAlias() throws Exception {
        assertThat(decode(Shape.class, "{\"kind\":\"circle\",\"radius\":3}")).isEqualTo(new Circle(3));
        assertThat(encode(Shape.class, new Circle(3))).isEqualTo("{\"kind\":\"circle\",\"radius\":3}");
    }

    @Test
    void theValuesOfJsonPAreReadAndWrittenDirectly() throws Exception {
        JsonObject object = Json.createObjectBuilder().add("a", 1).build();
        assertThat(decode(JsonObject.class, "{\"a\":1}")).isEqualTo(object);
        assertThat(encode(object.getClass(), object)).isEqualTo("{\"a\":1}");
    }

    @Test
    void nullIsAnEmptyOptionalAndNothingElse() throws Exception {
        assertThat(decode(parameter("perhaps"), "null")).isEqualTo(Optional.empty());
        assertRefused(Order.class, "null", "null is no message");
    }

    @Test
    void objectsOfJdkClassesThatNobodyDeclaresAreWritten() throws Exception {
        for (Object object : List.of(
                List.of("a"),
                new ConcurrentHashMap<>(Map.of("a", 1)),
                Set.of(1),
                new Date(0),
                java.util.TimeZone.getDefault())) {
            assertThat(encode(object.getClass(), object)).isNotEmpty();
        }
    }

    @Test
    void aDeclaredObjectIsWrittenAsWhatItIs() throws Exception {
        assertThat(encode(Object.class, new Circle(2))).isEqualTo("{\"kind\":\"circle\",\"radius\":2}");
        assertThatThrownBy(() -> encode(Object.class, new IllegalStateException("secret")))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("IllegalStateException is no data")
                .hasMessageNotContaining("secret");
    }

    @Test
    void anObjectThatContainsItselfIsAnEncodeException() {
        Circular circular = new Circular();
        circular.next = circular;
        assertThatThrownBy(() -> encode(Circular.class, circular)).isInstanceOf(EncodeException.class);
    }

    @Test
    void aChainTooLongForTheStackIsAnEncodeException() {
        Circular chain = new Circular();
        for (int i = 0; i < 200_000; i++) {
            Circular longer = new Circular();
            longer.next = chain;
            chain = longer;
        }
        Circular chained = chain;
        assertThatThrownBy(() -> encode(Circular.class, chained)).isInstanceOf(EncodeException.class);
    }

    @Test
    void theApplicationsConfigurationIsUsed() throws Exception {
        JsonbConfig config =
                new JsonbConfig().withPropertyNamingStrategy(PropertyNamingStrategy.LOWER_CASE_WITH_UNDERSCORES);
        Beans beans = only(JsonbConfig.class, config);
        Customer customer = (Customer) decoder(Customer.class, beans).decode("{\"first_name\":\"Ada\"}");
        assertThat(customer.firstName).isEqualTo("Ada");
    }

    @Test
    void theApplicationsJsonbIsUsed() throws Exception {
        Jsonb jsonb = JsonbBuilder.create(new JsonbConfig().withFormatting(true));
        assertThat(encode(Circle.class, new Circle(1), only(Jsonb.class, jsonb)))
                .contains("\n");
    }

    @Test
    void anApplicationWithItsOwnJsonbMayDecodeInterfaces() {
        Beans beans = only(Jsonb.class, JsonbBuilder.create());
        assertThat(PROVIDER.decoderFor(Plain.class, NativeType.TEXT, context(beans)))
                .isNotNull();
        assertThat(PROVIDER.decoderFor(Session.class, NativeType.TEXT, context(beans)))
                .isNull();
    }

    @Test
    void aWrongValueIsRefusedWithTypePropertyAndValue() {
        assertRefused(Order.class, "{\"count\":\"many\"}", "Order", "'count'", "many");
    }

    @Test
    void aSyntaxErrorIsRefusedWithItsPosition() {
        assertRefused(Order.class, "{\"item\" \"cup\"}", "line no=1");
    }

    static Type parameter(String name) {
        for (Method method : JsonCoderProviderTest.class.getDeclaredMethods()) {
            for (var parameter : method.getParameters()) {
                if (parameter.getName().equals(name)) {
                    return parameter.getParameterizedType();
                }
            }
        }
        throw new AssertionError(name);
    }

    static Object decode(Type type, String text) throws DecodeException {
        return decoder(type, Beans.NONE).decode(text);
    }

    private static String encode(Type type, Object object) throws EncodeException {
        return encode(type, object, Beans.NONE);
    }

    private static JsonDecoder<?> decoder(Type type, Beans beans) {
        return (JsonDecoder<?>) PROVIDER.decoderFor(type, NativeType.TEXT, context(beans));
    }

    @SuppressWarnings("unchecked")
    private static String encode(Type type, Object object, Beans beans) throws EncodeException {
        StringWriter text = new StringWriter();
        ((JsonEncoder.TextStream<Object>) PROVIDER.encoderFor(type, NativeType.TEXT, context(beans)))
                .encode(object, text);
        return text.toString();
    }

    private static Context context(Beans beans) {
        return new Context(Object.class, beans);
    }

    private static void assertRefused(Type type, String text, String... parts) {
        assertThatThrownBy(() -> decode(type, text))
                .isInstanceOf(DecodeException.class)
                .hasMessageContainingAll(parts);
    }

    private static Beans only(Class<?> key, Object bean) {
        return new Beans() {
            @Override
            public <T> Optional<T> find(Class<T> type, Class<? extends Annotation> qualifier) {
                return type == key ? Optional.of(type.cast(bean)) : Optional.empty();
            }
        };
    }
}
