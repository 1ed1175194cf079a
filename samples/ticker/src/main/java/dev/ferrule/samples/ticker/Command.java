package dev.ferrule.samples.ticker;

import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import org.jspecify.annotations.Nullable;

/** What the page sends: {@code {"do":"buy","symbol":"TEA","count":10}}. */
@JsonbTypeInfo(
        key = "do",
        value = {
            @JsonbSubtype(alias = "buy", type = Command.Buy.class),
            @JsonbSubtype(alias = "sell", type = Command.Sell.class)
        })
public sealed interface Command {
    /** What is to be traded; null when the message does not say. */
    @Nullable
    String symbol();

    /** How many. */
    int count();

    /** Buys at the price of the moment. */
    record Buy(@Nullable String symbol, int count) implements Command {}

    /** Sells at the price of the moment. */
    record Sell(@Nullable String symbol, int count) implements Command {}
}
