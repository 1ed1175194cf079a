package dev.ferrule.json;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/** Endpoints that return what they got, one for each shape of data that a method may declare. */
final class Shapes {
    private Shapes() {}

    public enum State {
        OPEN,
        SHIPPED
    }

    public record Order(String item, int count) {}

    public record Everything(
            boolean yes,
            char letter,
            long number,
            double fraction,
            BigDecimal exact,
            Integer boxed,
            Optional<String> note,
            OptionalInt perhaps,
            State state,
            LocalDate day,
            Instant instant,
            ZonedDateTime zoned,
            Duration duration,
            UUID id,
            int[] numbers,
            Order[] array,
            List<Order> orders,
            Map<String, List<Order>> byName,
            Map<State, Integer> byState,
            Set<String> names,
            Command command,
            List<Command> commands,
            JsonObject object,
            JsonValue value) {}

    @JsonbTypeInfo(
            key = "do",
            value = {@JsonbSubtype(alias = "buy", type = Buy.class), @JsonbSubtype(alias = "sell", type = Sell.class)})
    public sealed interface Command permits Buy, Sell {}

    public record Buy(String item, int count) implements Command {}

    public record Sell(String item, BigDecimal limit) implements Command {}

    public record Page<T>(List<T> items, int total) {}

    public static class Bean {
        private String name;
        public List<Integer> numbers;

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }
    }

    /** What a method gets and returns is decided by a subclass. */
    public abstract static class Returning<T> {
        @OnMessage
        public T back(T message) {
            return message;
        }
    }

    public abstract static class ReturningMany<X, L extends List<X>> extends Returning<Map<String, L>> {}

    @ServerEndpoint("/record")
    public static class Records extends Returning<Order> {}

    @ServerEndpoint("/everything")
    public static class Everythings extends Returning<Everything> {}

    @ServerEndpoint("/bean")
    public static class Beans extends Returning<Bean> {}

    @ServerEndpoint("/list")
    public static class Lists extends Returning<List<Order>> {}

    @ServerEndpoint("/map")
    public static class Maps extends ReturningMany<Order, List<Order>> {}

    @ServerEndpoint("/wildcard")
    public static class Wildcards {
        @OnMessage
        public List<? extends Command> back(List<? extends Command> message) {
            return message;
        }
    }

    @ServerEndpoint("/generic")
    public static class Generics extends Returning<Page<Command>> {}

    @ServerEndpoint("/sealed")
    public static class Sealed extends Returning<Command> {}

    @ServerEndpoint("/optional")
    public static class Optionals extends Returning<Optional<List<Order>>> {}

    @ServerEndpoint("/instant")
    public static class Instants extends Returning<Instant> {}

    @ServerEndpoint("/enum")
    public static class Enums extends Returning<State> {}

    @ServerEndpoint("/array")
    public static class Arrays extends Returning<Command[]> {}

    @ServerEndpoint("/numbers")
    public static class Numbers extends Returning<int[]> {}

    @ServerEndpoint("/variable-array")
    public static class VariableArrays {
        @OnMessage
        public Order[] back(Order[] message) {
            return message;
        }
    }

    @ServerEndpoint("/object")
    public static class Objects extends Returning<JsonObject> {}

    @ServerEndpoint("/values")
    public static class Values extends Returning<JsonArray> {}

    @ServerEndpoint("/value")
    public static class AnyValues extends Returning<JsonValue> {}

    @ServerEndpoint("/anything")
    public static class Anything extends Returning<Map<String, Object>> {}

    /** A sealed interface dispatches to its records. */
    @ServerEndpoint("/dispatch")
    public static class Dispatching {
        @OnMessage
        public String on(Command command, Session session) {
            if (command instanceof Buy buy) {
                return "bought " + buy.count() + " " + buy.item();
            }
            return "sold " + ((Sell) command).item();
        }
    }
}
