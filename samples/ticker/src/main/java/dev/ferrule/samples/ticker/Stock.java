package dev.ferrule.samples.ticker;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A stock and its latest prices. Guarded by its market. */
final class Stock {
    /** Prices that a newcomer sees: a minute of them. */
    static final int MEMORY = 120;

    private static final BigDecimal LOWEST = new BigDecimal("0.01");

    private final String symbol;
    private final String name;
    private final Deque<BigDecimal> prices = new ArrayDeque<>();

    Stock(String symbol, String name, BigDecimal price) {
        this.symbol = symbol;
        this.name = name;
        prices.add(price);
    }

    String symbol() {
        return symbol;
    }

    BigDecimal price() {
        return prices.getLast();
    }

    Quote quote() {
        return new Quote(symbol, name, List.copyOf(prices));
    }

    /** The price moves by a part of itself. */
    Stock moved(double part) {
        BigDecimal moved = price().multiply(BigDecimal.valueOf(1 + part)).setScale(2, RoundingMode.HALF_EVEN);
        prices.add(moved.max(LOWEST));
        if (prices.size() > MEMORY) {
            prices.remove();
        }
        return this;
    }
}
