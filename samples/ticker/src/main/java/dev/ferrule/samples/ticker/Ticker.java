package dev.ferrule.samples.ticker;

import jakarta.inject.Inject;
import jakarta.websocket.DecodeException;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * One visitor of the market: a bean that is made when the connection opens and knows what the visitor has. Orders come in as
 * JSON, and what became of them goes out as what the method returns.
 */
@ServerEndpoint("/market")
public class Ticker {
    private static final Logger LOG = System.getLogger(Ticker.class.getName());

    /** Shares in one order: more would move the price too far. */
    private static final int MOST = 100;

    @Inject
    Market market;

    private BigDecimal cash = Market.CASH;
    private final Map<String, Integer> shares = new TreeMap<>();

    @OnOpen
    void open(Session session) {
        market.enter(session);
    }

    @OnMessage
    Event trade(Command order) {
        String symbol = order.symbol();
        BigDecimal price = symbol == null ? null : market.price(symbol);
        if (symbol == null || price == null) {
            return new Event.Refused("Nothing of that name is traded here.");
        }
        if (order.count() < 1 || order.count() > MOST) {
            return new Event.Refused("An order is for 1 to " + MOST + " shares.");
        }
        int signed = order instanceof Command.Buy ? order.count() : -order.count();
        BigDecimal left = cash.subtract(price.multiply(BigDecimal.valueOf(signed)));
        int held = shares.getOrDefault(symbol, 0) + signed;
        if (left.signum() < 0) {
            return new Event.Refused("That costs more than you have.");
        }
        if (held < 0) {
            return new Event.Refused("You cannot sell what you do not have.");
        }
        cash = left;
        shares.put(symbol, held);
        market.traded(symbol, signed);
        return new Event.Traded(symbol, signed, price, cash, Map.copyOf(shares));
    }

    @OnClose
    void close(Session session) {
        market.leave(session);
    }

    @OnError
    void failed(Session session, Throwable error) {
        if (error instanceof DecodeException) {
            session.getAsyncRemote().sendObject(new Event.Refused("That was no order that this market understands."));
        } else {
            LOG.log(Level.DEBUG, "A connection failed", error);
        }
    }
}
