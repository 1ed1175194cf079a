package dev.ferrule.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.FerruleServer;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every shape of data that a method may take and return, on every transport. */
@Timeout(60)
class ShapesTest {
    private static final Class<?>[] ENDPOINTS = java.util.Arrays.stream(Shapes.class.getDeclaredClasses())
            .filter(type -> type.isAnnotationPresent(jakarta.websocket.server.ServerEndpoint.class))
            .toArray(Class<?>[]::new);

    /** What is sent to an endpoint and comes back with the same meaning. */
    private static final Map<String, String> MESSAGES = Map.ofEntries(
            Map.entry("record", "{'item':'cup','count':2}"),
            Map.entry("bean", "{'name':'Ada','numbers':[1,2]}"),
            Map.entry("list", "[{'item':'cup','count':2},{'item':'pot','count':1}]"),
            Map.entry("map", "{'a':[{'item':'cup','count':2}],'b':[]}"),
            Map.entry("wildcard", "[{'do':'buy','item':'cup','count':2},{'do':'sell','item':'pot','limit':1.5}]"),
            Map.entry("generic", "{'items':[{'do':'buy','item':'cup','count':2}],'total':1}"),
            Map.entry("sealed", "{'do':'sell','item':'pot','limit':0.1}"),
            Map.entry("optional", "[{'item':'cup','count':2}]"),
            Map.entry("instant", "'2026-11-21T10:00:00Z'"),
            Map.entry("enum", "'SHIPPED'"),
            Map.entry("array", "[{'do':'buy','item':'cup','count':2}]"),
            Map.entry("numbers", "[1,2,3]"),
            Map.entry("variable-array", "[{'item':'cup','count':2}]"),
            Map.entry("object", "{'a':{'b':[1,true,null,'ü']}}"),
            Map.entry("values", "[1,{'a':2}]"),
            Map.entry("value", "3.25"),
            Map.entry("anything", "{'a':{'b':[true,'x']}}"),
            Map.entry(
                    "everything",
                    "{'yes':true,'letter':'ß','number':9007199254740993,'fraction':0.5,'exact':12345678901234567890.125,"
                            + "'boxed':7,'note':'gift','perhaps':3,'state':'OPEN','day':'2026-11-21',"
                            + "'instant':'2026-11-21T10:00:00.123Z','zoned':'2026-11-21T11:00:00+01:00[Europe/Berlin]',"
                            + "'duration':'PT1M','id':'123e4567-e89b-12d3-a456-426614174000','numbers':[1,2],"
                            + "'array':[{'item':'cup','count':2}],'orders':[{'item':'cup','count':2}],"
                            + "'byName':{'x':[{'item':'cup','count':2}]},'byState':{'OPEN':1},'names':['a'],"
                            + "'command':{'do':'buy','item':'cup','count':2},"
                            + "'commands':[{'do':'sell','item':'pot','limit':1}],'object':{'a':1},'value':[null]}"));

    @ParameterizedTest
    @ValueSource(strings = {"memory", "netty"})
    void everyShapeComesBackWithTheSameMeaning(String transport) throws Exception {
        try (FerruleServer server = Talk.server(transport, ENDPOINTS)) {
            assertThat(MESSAGES.keySet().stream().map(path -> "/" + path))
                    .as("every endpoint is tested")
                    .containsAll(java.util.Arrays.stream(ENDPOINTS)
                            .map(type -> type.getAnnotation(jakarta.websocket.server.ServerEndpoint.class)
                                    .value())
                            .filter(path -> !path.equals("/dispatch"))
                            .toList());
            for (Map.Entry<String, String> message : MESSAGES.entrySet()) {
                String text = message.getValue().replace('\'', '"');
                Talk talk = Talk.with(server, message.getKey());
                assertThat(value((String) talk.say(text).next()))
                        .as(message.getKey())
                        .isEqualTo(value(text));
                // JSON in a binary message is understood, too, and answered as text.
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                talk.session().getBasicRemote().sendBinary(bytes);
                assertThat(value((String) talk.next()))
                        .as(message.getKey() + " in bytes")
                        .isEqualTo(value(text));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'do':'buy','item':'cup','count':2} | bought 2 cup",
                "{'item':'pot','limit':1,'do':'sell'} | sold pot",
            })
    void aSealedInterfaceDispatchesToItsRecords(String message, String answer) throws Exception {
        try (FerruleServer server = Talk.server("memory", Shapes.Dispatching.class)) {
            assertThat(Talk.with(server, "dispatch")
                            .say(message.replace('\'', '"'))
                            .next())
                    .isEqualTo(answer);
        }
    }

    private static JsonValue value(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readValue();
        }
    }
}
