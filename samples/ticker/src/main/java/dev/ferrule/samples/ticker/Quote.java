package dev.ferrule.samples.ticker;

import java.math.BigDecimal;
import java.util.List;

/**
 * Something that is traded.
 *
 * @param symbol how it is called in orders
 * @param name how people call it
 * @param prices its latest prices, oldest first
 */
public record Quote(String symbol, String name, List<BigDecimal> prices) {}
