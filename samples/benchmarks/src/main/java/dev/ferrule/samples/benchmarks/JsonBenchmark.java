package dev.ferrule.samples.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ferrule.container.coder.CoderCatalog;
import dev.ferrule.container.coder.Encoded;
import dev.ferrule.container.coder.SessionCoders;
import dev.ferrule.container.spi.CoderProvider.Beans;
import dev.ferrule.container.spi.CoderProvider.Context;
import dev.ferrule.container.spi.EndpointInstances;
import dev.ferrule.container.spi.InstanceHandle;
import dev.ferrule.json.JsonCoderProvider;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DecodeException;
import jakarta.websocket.Decoder;
import jakarta.websocket.EncodeException;
import jakarta.websocket.Encoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From a text message to an object, and from an object to the bytes that wait to be sent, as a session does it: by the JSON
 * coders with nothing declared, by Jackson in coders written by hand, and by plain JSON-B in coders written by hand, which
 * check nothing.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JsonBenchmark {
    public record Order(String item, int count, double price, boolean urgent, List<String> tags) {}

    public record Batch(String id, List<Order> orders) {}

    @Param({"100", "1024", "102400"})
    int bytes;

    @Param({"ferrule", "jackson", "jsonb"})
    String coder;

    private SessionCoders coders;
    private Batch batch;
    private String text;

    @Setup
    public void setUp() throws Exception {
        List<Order> orders = new ArrayList<>();
        do {
            int number = orders.size();
            orders.add(new Order("Tea cup no. " + number, number % 97, number * 1.25, false, List.of("blue", "new")));
            batch = new Batch("b-4711", List.copyOf(orders));
            text = JSONB.toJson(batch);
        } while (text.length() + 40 < bytes);
        boolean declared = !coder.equals("ferrule");
        boolean jackson = coder.equals("jackson");
        Context context = new Context(JsonBenchmark.class, Beans.NONE);
        CoderCatalog catalog = CoderCatalog.of(
                !declared ? List.of() : List.of(jackson ? JacksonEncoder.class : JsonbEncoder.class),
                !declared ? List.of() : List.of(jackson ? JacksonDecoder.class : JsonbDecoder.class),
                List.of(new JsonCoderProvider()),
                context,
                new ArrayList<>());
        coders = SessionCoders.create(
                catalog, new Plain(), ClientEndpointConfig.Builder.create().build());
        if (!decode().equals(batch) || size(encode()) != text.length()) {
            throw new IllegalStateException(coder + " makes something else of " + text);
        }
    }

    @Benchmark
    public Object decode() throws Exception {
        return coders.decode(text, Batch.class);
    }

    @Benchmark
    public Encoded encode() throws Exception {
        return coders.encode(batch, Batch.class);
    }

    private static int size(Encoded encoded) {
        return encoded.bytes().stream().mapToInt(ByteBuffer::remaining).sum();
    }

    private static final Jsonb JSONB = JsonbBuilder.create();
    private static final ObjectMapper JACKSON = new ObjectMapper();

    public static final class JacksonEncoder implements Encoder.Text<Batch> {
        @Override
        public String encode(Batch object) throws EncodeException {
            try {
                return JACKSON.writeValueAsString(object);
            } catch (JsonProcessingException failure) {
                throw new EncodeException(object, "no JSON", failure);
            }
        }
    }

    public static final class JacksonDecoder implements Decoder.Text<Batch> {
        @Override
        public Batch decode(String text) throws DecodeException {
            try {
                return JACKSON.readValue(text, Batch.class);
            } catch (JsonProcessingException failure) {
                throw new DecodeException(text, "no batch", failure);
            }
        }

        @Override
        public boolean willDecode(String text) {
            return true;
        }
    }

    public static final class JsonbEncoder implements Encoder.Text<Batch> {
        @Override
        public String encode(Batch object) {
            return JSONB.toJson(object);
        }
    }

    public static final class JsonbDecoder implements Decoder.Text<Batch> {
        @Override
        public Batch decode(String text) {
            return JSONB.fromJson(text, Batch.class);
        }

        @Override
        public boolean willDecode(String text) {
            return true;
        }
    }

    private static final class Plain implements EndpointInstances {
        @Override
        public <T> InstanceHandle<T> obtain(Class<T> type) {
            try {
                T made = type.getConstructor().newInstance();
                return new InstanceHandle<>() {
                    @Override
                    public T instance() {
                        return made;
                    }

                    @Override
                    public void release() {}
                };
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
