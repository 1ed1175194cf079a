package dev.ferrule.json;

import dev.ferrule.container.spi.CoderProvider;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.websocket.Decoder;
import jakarta.websocket.Encoder;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON in text messages, by JSON-B: records, enums, classes, collections and maps of them with their generic arguments,
 * {@code Optional}, {@code java.time}, and the values of JSON-P.
 *
 * <p>Types that cannot be data (streams, threads, exceptions, types of the WebSocket API, classes that JSON-B could never
 * create) are refused, so that they stay errors at deployment.
 *
 * <p>The {@link Jsonb} is the application's bean of that type; else one made with the application's {@link JsonbConfig} bean;
 * else one with JSON-B's defaults. It is made when the first message needs it. An application that brings one of these beans
 * may also use interfaces and classes without a creator as parameters: its adapters and deserializers are trusted to know them.
 *
 * <p>Threading: any thread, as the coders it returns.
 */
public final class JsonCoderProvider implements CoderProvider {
    private final Map<Beans, Jsonb> made = new ConcurrentHashMap<>();

    /** For the service loader. */
    public JsonCoderProvider() {}

    @Override
    public @Nullable Decoder decoderFor(Type type, NativeType nativeType, Beans beans) {
        boolean data = nativeType == NativeType.TEXT
                && (DataTypes.canDecode(type) || DataTypes.mayBeAdapted(type) && isCustomized(beans));
        return data ? new JsonDecoder(type, () -> jsonb(beans)) : null;
    }

    @Override
    public @Nullable Encoder encoderFor(Type type, NativeType nativeType, Beans beans) {
        return nativeType == NativeType.TEXT && DataTypes.canEncode(type)
                ? new JsonEncoder(type, () -> jsonb(beans))
                : null;
    }

    private static boolean isCustomized(Beans beans) {
        return beans.find(Jsonb.class).isPresent()
                || beans.find(JsonbConfig.class).isPresent();
    }

    private Jsonb jsonb(Beans beans) {
        return made.computeIfAbsent(beans, JsonCoderProvider::make);
    }

    private static Jsonb make(Beans beans) {
        return beans.find(Jsonb.class)
                .orElseGet(() ->
                        beans.find(JsonbConfig.class).map(JsonbBuilder::create).orElseGet(JsonbBuilder::create));
    }
}
