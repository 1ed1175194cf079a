package dev.ferrule.tests.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.json.JsonDecoder;
import dev.ferrule.json.JsonEncoder;
import dev.ferrule.json.JsonbQualifier;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Containers;
import dev.ferrule.tests.support.InMemory;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Inject;
import jakarta.inject.Qualifier;
import jakarta.inject.Singleton;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeSerializer;
import jakarta.json.bind.config.PropertyNamingStrategy;
import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose JSON-B speaks: the application's beans, where it has some, for all endpoints or by qualifier. */
@Timeout(30)
class JsonbBeansTest {
    @Qualifier
    @Retention(RetentionPolicy.RUNTIME)
    @interface Dashed {
        String value() default "";
    }

    @Qualifier
    @Retention(RetentionPolicy.RUNTIME)
    @interface Lined {}

    public record Item(String shortName) {}

    @ServerEndpoint("/plain")
    public static class Plain {
        @OnMessage
        Item back(Item item) {
            return item;
        }
    }

    @JsonbQualifier(Dashed.class)
    @ServerEndpoint("/dashed")
    public static class DashedEndpoint extends Plain {}

    @ServerEndpoint("/inherited")
    public static class InheritedEndpoint extends DashedEndpoint {}

    @ApplicationScoped
    public static class ItemDecoder extends JsonDecoder<Item> {}

    @ApplicationScoped
    public static class ItemEncoder extends JsonEncoder<Item> {}

    @ServerEndpoint(value = "/beans", decoders = ItemDecoder.class, encoders = ItemEncoder.class)
    public static class CoderBeansEndpoint {
        @OnMessage
        public Item on(Item item) {
            return item;
        }
    }

    @JsonbQualifier(Lined.class)
    @ServerEndpoint(value = "/lined", encoders = JsonEncoder.class)
    public static class LinedEndpoint extends Plain {}

    /** One configuration for all, and two for those who ask. */
    @ApplicationScoped
    public static class Producers {
        @Produces
        @Singleton
        JsonbConfig underscores() {
            return new JsonbConfig().withPropertyNamingStrategy(PropertyNamingStrategy.LOWER_CASE_WITH_UNDERSCORES);
        }

        @Produces
        @Singleton
        @Dashed("any value")
        JsonbConfig dashes() {
            return new JsonbConfig().withPropertyNamingStrategy(PropertyNamingStrategy.LOWER_CASE_WITH_DASHES);
        }

        @Produces
        @Singleton
        @Lined
        Jsonb lines() {
            return JsonbBuilder.create(new JsonbConfig().withFormatting(true));
        }
    }

    /** Each application has a rate of its own. */
    @ApplicationScoped
    public static class Rates {
        static final AtomicInteger LAST = new AtomicInteger();
        static final AtomicInteger ADAPTERS_GONE = new AtomicInteger();
        private int rate;

        @PostConstruct
        void decide() {
            rate = LAST.incrementAndGet();
        }

        double rate() {
            return rate;
        }
    }

    /** A configuration whose adapter is a bean. */
    @ApplicationScoped
    public static class WithExchange {
        @Produces
        @Singleton
        JsonbConfig config(CoinExchange exchange) {
            return new JsonbConfig().withAdapters(exchange);
        }
    }

    public record Coins(double amount) {}

    /** As {@link Exchange}, for a type that does not name its adapter. */
    public static class CoinExchange implements JsonbAdapter<Coins, Double> {
        @Inject
        Rates rates;

        @Override
        public Double adaptToJson(Coins coins) {
            return coins.amount() * rates.rate();
        }

        @Override
        public Coins adaptFromJson(Double number) {
            return new Coins(number);
        }
    }

    @ServerEndpoint("/coins")
    public static class CoinEndpoint {
        @OnMessage
        List<Coins> back(List<Coins> coins) {
            return coins;
        }
    }

    /** Money goes in another currency; the rate is injected. */
    public static class Exchange implements JsonbAdapter<Money, Double> {
        @Inject
        Rates rates;

        @Override
        public Double adaptToJson(Money money) {
            return money.amount() * rates.rate();
        }

        @Override
        public Money adaptFromJson(Double number) {
            return new Money(number / rates.rate());
        }

        @PreDestroy
        void gone() {
            Rates.ADAPTERS_GONE.incrementAndGet();
        }
    }

    /** Writes what an injected bean says. */
    public static class WithRate implements JsonbSerializer<Label> {
        @Inject
        Rates rates;

        @Override
        public void serialize(Label label, JsonGenerator generator, SerializationContext context) {
            generator.write(label.text() + " at " + rates.rate());
        }
    }

    @JsonbTypeAdapter(Exchange.class)
    public record Money(double amount) {}

    @JsonbTypeSerializer(WithRate.class)
    public record Label(String text) {}

    public record Priced(Money money) {}

    public record Answer(double amount, Money money, Label label) {}

    @ServerEndpoint("/priced")
    public static class PricedEndpoint {
        @OnMessage
        Answer take(Priced priced) {
            return new Answer(priced.money().amount(), priced.money(), new Label("sold"));
        }
    }

    private static String ask(SeContainer container, String path, String message) throws Exception {
        try (TestClient client = TestClient.connect(
                Containers.client(container), Containers.uri(container).resolve(path))) {
            client.sendText(message);
            return client.nextText();
        }
    }

    @Test
    void aBeanIsForAllEndpointsAndAQualifierChoosesAnother() throws Exception {
        try (SeContainer container = Containers.of(
                        Plain.class, DashedEndpoint.class, LinedEndpoint.class, Producers.class, InMemory.class)
                .initialize()) {
            assertThat(ask(container, "plain", "{\"short_name\":\"a\"}")).isEqualTo("{\"short_name\":\"a\"}");
            assertThat(ask(container, "dashed", "{\"short-name\":\"a\"}")).isEqualTo("{\"short-name\":\"a\"}");
            assertThat(ask(container, "lined", "{\"shortName\":\"a\"}"))
                    .contains("\n")
                    .contains("\"shortName\": \"a\"");
        }
    }

    @Test
    void aQualifierIsInherited() throws Exception {
        try (SeContainer container = Containers.of(InheritedEndpoint.class, Producers.class, InMemory.class)
                .initialize()) {
            assertThat(ask(container, "inherited", "{\"short-name\":\"a\"}")).isEqualTo("{\"short-name\":\"a\"}");
        }
    }

    @Test
    void codersMayBeBeansOfTheApplication() throws Exception {
        try (SeContainer container = Containers.of(
                        CoderBeansEndpoint.class, ItemDecoder.class, ItemEncoder.class, InMemory.class)
                .initialize()) {
            assertThat(ask(container, "beans", "{\"shortName\":\"a\"}")).isEqualTo("{\"shortName\":\"a\"}");
        }
    }

    /** Needs JSON only for what it sends. */
    @JsonbQualifier(Dashed.class)
    @ServerEndpoint("/sending")
    public static class SendingEndpoint {
        @OnMessage
        void on(String name, Session session) {
            session.getAsyncRemote().sendObject(new Item(name));
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {DashedEndpoint.class, SendingEndpoint.class})
    void aQualifierThatNoBeanHasIsADeploymentError(Class<?> endpoint) {
        assertThatThrownBy(() -> Containers.of(endpoint, InMemory.class).initialize())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContainingAll(endpoint.getSimpleName(), "no bean of type Jsonb or JsonbConfig", "Dashed");
    }

    @Test
    void adaptersAndSerializersInjectAndEndWithTheContainer() throws Exception {
        Rates.LAST.set(1);
        Rates.ADAPTERS_GONE.set(0);
        try (SeContainer container =
                Containers.of(PricedEndpoint.class, Rates.class, InMemory.class).initialize()) {
            assertThat(ask(container, "priced", "{\"money\":10}"))
                    .isEqualTo("{\"amount\":5.0,\"label\":\"sold at 2.0\",\"money\":10.0}");
            assertThat(Rates.ADAPTERS_GONE).hasValue(0);
        }
        assertThat(Rates.ADAPTERS_GONE).hasValue(1);
    }

    @Test
    void adaptersOfAConfigurationBelongToTheirContainer() throws Exception {
        Rates.LAST.set(1);
        try (SeContainer one = withExchange();
                SeContainer other = withExchange()) {
            assertThat(ask(one, "coins", "[10]")).isEqualTo("[20.0]");
            assertThat(ask(other, "coins", "[10]")).isEqualTo("[30.0]");
        }
    }

    private static SeContainer withExchange() {
        return Containers.of(CoinEndpoint.class, WithExchange.class, CoinExchange.class, Rates.class, InMemory.class)
                .initialize();
    }
}
