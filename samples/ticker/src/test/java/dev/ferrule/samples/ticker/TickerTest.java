package dev.ferrule.samples.ticker;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The market as its visitors see it, with the JDK's client. */
@Timeout(60)
class TickerTest {
    private static SeContainer cdi;
    private static URI market;

    @BeforeAll
    static void start() {
        cdi = Main.start("--port", "0");
        market = URI.create(Main.page(cdi).toString().replaceFirst("^http", "ws") + "market");
    }

    @AfterAll
    static void stop() {
        cdi.close();
    }

    @Test
    void pricesMoveForEverybody() throws Exception {
        try (Visitor ada = new Visitor();
                Visitor bob = new Visitor()) {
            for (Visitor visitor : new Visitor[] {ada, bob}) {
                JsonObject opened = visitor.next("opened");
                assertThat(opened.getJsonArray("quotes")).hasSize(6);
                assertThat(opened.getJsonArray("quotes").getJsonObject(0).getJsonArray("prices"))
                        .hasSize(120);
            }
            JsonObject tick = ada.next("ticked");
            assertThat(tick.getJsonObject("prices")).hasSize(6).containsKey("TEA");
            assertThat(ada.next("ticked").getJsonObject("prices")).isNotEqualTo(tick.getJsonObject("prices"));
            bob.next("ticked");
        }
    }

    @Test
    void anOrderIsFilledAtThePriceOfTheMoment() throws Exception {
        try (Visitor ada = new Visitor()) {
            ada.send("{\"do\":\"buy\",\"symbol\":\"HIVE\",\"count\":10}");
            JsonObject bought = ada.next("traded");
            BigDecimal paid = bought.getJsonNumber("price").bigDecimalValue().multiply(BigDecimal.TEN);
            assertThat(bought.getJsonNumber("cash").bigDecimalValue()).isEqualByComparingTo(Market.CASH.subtract(paid));
            assertThat(bought.getJsonObject("shares").getInt("HIVE")).isEqualTo(10);
            ada.send("{\"do\":\"sell\",\"symbol\":\"HIVE\",\"count\":10}");
            assertThat(ada.next("traded").getJsonObject("shares").getInt("HIVE"))
                    .isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'do':'buy','symbol':'GOLD','count':1}  | Nothing of that name is traded here.",
                "{'do':'buy','count':1}                  | Nothing of that name is traded here.",
                "{'do':'buy','symbol':'TEA','count':101} | An order is for 1 to 100 shares.",
                "{'do':'sell','symbol':'TEA','count':1}  | You cannot sell what you do not have.",
                "{'do':'buy','symbol':'RAIL','count':100}| That costs more than you have.",
                "{'do':'give','symbol':'TEA','count':1}  | That was no order that this market understands.",
                "{'do':'buy',                            | That was no order that this market understands.",
            })
    void whatCannotBeIsRefusedWithAReason(String order, String reason) throws Exception {
        try (Visitor ada = new Visitor()) {
            ada.send(order.replace('\'', '"'));
            assertThat(ada.next("refused").getString("reason")).isEqualTo(reason);
        }
    }

    /** Somebody at the market without a browser. */
    private static final class Visitor implements WebSocket.Listener, AutoCloseable {
        private final BlockingQueue<JsonObject> events = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private final WebSocket socket;

        Visitor() throws Exception {
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(market, this)
                    .get(10, TimeUnit.SECONDS);
        }

        void send(String order) {
            socket.sendText(order, true).join();
        }

        /** The next event of a kind, whatever comes before. */
        JsonObject next(String kind) throws InterruptedException {
            JsonObject event;
            do {
                event = events.poll(10, TimeUnit.SECONDS);
                assertThat(event).as("an event '%s'", kind).isNotNull();
            } while (!event.getString("kind").equals(kind));
            return event;
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                events.add(Json.createReader(new StringReader(text.toString())).readObject());
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public void close() {
            socket.abort();
        }
    }
}
