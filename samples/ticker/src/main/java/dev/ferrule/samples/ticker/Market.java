package dev.ferrule.samples.ticker;

import dev.ferrule.container.Broadcast;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The market: opens with the first visitor, and its prices move as long as the application runs. Everybody gets the events in
 * one order: they are sent, which never waits, while the market is locked.
 *
 * <p>Threading: any thread.
 */
@ApplicationScoped
public class Market {
    private static final long TICK_MILLIS = 500;

    /** What somebody has to begin with. */
    static final BigDecimal CASH = new BigDecimal("10000.00");

    /** How far a price moves in a tick, in parts of itself. */
    private static final double UNREST = 0.004;

    /** How far an order for a single share moves the price. */
    private static final double IMPACT = 0.0002;

    @Inject
    Broadcast broadcast;

    private final Random random = new Random();
    private final Map<String, Stock> stocks = new LinkedHashMap<>();
    private final Map<String, Session> visitors = new LinkedHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "market");
        thread.setDaemon(true);
        return thread;
    });

    @PostConstruct
    void open() {
        list("TEA", "Darjeeling Gardens", "84.20");
        list("BOLT", "Nuts & Bolts", "23.75");
        list("SAIL", "Windward Shipping", "141.10");
        list("HIVE", "United Beekeepers", "9.60");
        list("LAMP", "Northern Lights", "57.35");
        list("RAIL", "Slow Trains", "212.00");
        for (int i = 0; i < Stock.MEMORY; i++) {
            move();
        }
        clock.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void close() {
        clock.shutdownNow();
    }

    private void list(String symbol, String name, String price) {
        stocks.put(symbol, new Stock(symbol, name, new BigDecimal(price)));
    }

    private void move() {
        stocks.replaceAll((symbol, stock) -> stock.moved(random.nextGaussian() * UNREST));
    }

    private synchronized void tick() {
        move();
        Map<String, BigDecimal> prices =
                stocks.values().stream().collect(Collectors.toMap(Stock::symbol, Stock::price));
        Collection<Session> everybody = new ArrayList<>(visitors.values());
        broadcast.send(new Event.Ticked(prices, Instant.now()), everybody);
    }

    /** Somebody comes: sees all prices, and gets every tick from now on. */
    synchronized void enter(Session session) {
        List<Quote> quotes = stocks.values().stream().map(Stock::quote).toList();
        session.getAsyncRemote().sendObject(new Event.Opened(quotes, CASH));
        visitors.put(session.getId(), session);
    }

    synchronized void leave(Session session) {
        visitors.remove(session.getId());
    }

    /** The price of the moment, or null when nothing of this name is traded. */
    synchronized @Nullable BigDecimal price(String symbol) {
        Stock stock = stocks.get(symbol);
        return stock == null ? null : stock.price();
    }

    /** An order was filled: demand lifts the price, supply lowers it. */
    synchronized void traded(String symbol, int count) {
        stocks.computeIfPresent(symbol, (name, stock) -> stock.moved(IMPACT * count));
    }
}
