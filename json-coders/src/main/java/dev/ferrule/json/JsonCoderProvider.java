package dev.ferrule.json;

import dev.ferrule.container.spi.CoderProvider;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.websocket.Decoder;
import jakarta.websocket.Encoder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * JSON by JSON-B: records, enums, classes, collections and maps of them with their generic arguments, sealed types with
 * {@code @JsonbTypeInfo}, {@code Optional}, {@code java.time}, and the values of JSON-P. Objects go out as text; text and binary
 * messages are read.
 *
 * <p>Types that cannot be data (streams, threads, exceptions, types of the WebSocket API, classes that JSON-B could never
 * create) are refused, so that they stay errors at deployment.
 *
 * <p>The {@link Jsonb} is the application's bean of that type; else one made with the application's {@link JsonbConfig} bean;
 * else one with JSON-B's defaults; {@link JsonbQualifier} chooses among several beans. It is made when the first message needs
 * it, once for all endpoints that use it, and closed with the container. An application that brings one of these beans may also
 * use interfaces and classes without a creator as parameters: its adapters and deserializers are trusted to know them.
 *
 * <p>Threading: any thread, as the coders it returns.
 */
public final class JsonCoderProvider implements CoderProvider {
    private static final Logger LOG = System.getLogger(JsonCoderProvider.class.getName());

    private final Map<Optional<JsonbConfig>, Jsonb> made = new ConcurrentHashMap<>();

    /** For the service loader. */
    public JsonCoderProvider() {}

    @Override
    public @Nullable Decoder decoderFor(Type type, NativeType nativeType, Context context) {
        boolean data = DataTypes.whyNotDecoded(type, false) == null
                || DataTypes.whyNotDecoded(type, true) == null && isCustomized(context);
        if (!data) {
            return null;
        }
        Supplier<Jsonb> source = source(context);
        return nativeType == NativeType.TEXT
                ? new JsonDecoder<>(type, source) {}
                : new JsonDecoder.Binary<>(type, source) {};
    }

    @Override
    public @Nullable Encoder encoderFor(Type type, NativeType nativeType, Context context) {
        return nativeType == NativeType.TEXT && DataTypes.whyNotEncoded(type) == null
                ? new JsonEncoder.TextStream<>(type, source(context))
                : null;
    }

    @Override
    public @Nullable String obstacle(Type type) {
        return DataTypes.whyNotDecoded(type, false);
    }

    @Override
    public void prepare(Object coder, Context context) {
        if (coder instanceof JsonCoder<?> own) {
            own.use(source(context));
        }
    }

    private static boolean isCustomized(Context context) {
        return find(Jsonb.class, context).isPresent()
                || find(JsonbConfig.class, context).isPresent();
    }

    private Supplier<Jsonb> source(Context context) {
        Class<? extends Annotation> qualifier = qualifier(context);
        if (qualifier != null && !isCustomized(context)) {
            throw new IllegalArgumentException("There is no bean of type Jsonb or JsonbConfig with the qualifier @"
                    + qualifier.getName() + ", which " + context.endpoint().getName() + " asks for");
        }
        return () -> find(Jsonb.class, context)
                .orElseGet(() -> made.computeIfAbsent(find(JsonbConfig.class, context), JsonCoderProvider::make));
    }

    private static Jsonb make(Optional<JsonbConfig> config) {
        return config.map(JsonbBuilder::create).orElseGet(JsonbBuilder::create);
    }

    private static <T> Optional<T> find(Class<T> type, Context context) {
        return context.beans().find(type, qualifier(context));
    }

    private static @Nullable Class<? extends Annotation> qualifier(Context context) {
        JsonbQualifier chosen = context.endpoint().getAnnotation(JsonbQualifier.class);
        return chosen == null ? null : chosen.value();
    }

    @Override
    public void close() {
        for (Jsonb jsonb : made.values()) {
            try {
                jsonb.close();
            } catch (Exception failure) {
                LOG.log(Level.WARNING, "A Jsonb could not be closed", failure);
            }
        }
        made.clear();
    }
}
