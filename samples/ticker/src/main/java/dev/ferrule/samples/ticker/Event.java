package dev.ferrule.samples.ticker;

import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the page receives; {@code "kind"} says which of these it is. */
@JsonbTypeInfo(
        key = "kind",
        value = {
            @JsonbSubtype(alias = "opened", type = Event.Opened.class),
            @JsonbSubtype(alias = "ticked", type = Event.Ticked.class),
            @JsonbSubtype(alias = "traded", type = Event.Traded.class),
            @JsonbSubtype(alias = "refused", type = Event.Refused.class)
        })
public sealed interface Event {
    /**
     * The first event of a connection.
     *
     * @param quotes everything that is traded, with its latest prices
     * @param cash what the newcomer may spend
     */
    record Opened(List<Quote> quotes, BigDecimal cash) implements Event {}

    /** The prices have moved: by symbol, for everybody. */
    record Ticked(Map<String, BigDecimal> prices, Instant at) implements Event {}

    /** An order of this connection was filled; what it has now. */
    record Traded(String symbol, int count, BigDecimal price, BigDecimal cash, Map<String, Integer> shares)
            implements Event {}

    /** An order was not filled, for a reason that a person understands. */
    record Refused(String reason) implements Event {}
}
