package dev.ferrule.json;

import jakarta.json.bind.Jsonb;
import jakarta.websocket.EncodeException;
import jakarta.websocket.Encoder;
import java.lang.reflect.Type;
import java.util.function.Supplier;

/**
 * Makes JSON texts from objects. A generic type is passed on to JSON-B; otherwise the object's own class decides, so that a
 * callback may declare a supertype. Whatever fails is an {@link EncodeException}.
 *
 * <p>Threading: stateless, any thread.
 */
final class JsonEncoder implements Encoder.Text<Object> {
    private final Type type;
    private final Supplier<Jsonb> jsonb;

    JsonEncoder(Type type, Supplier<Jsonb> jsonb) {
        this.type = type;
        this.jsonb = jsonb;
    }

    @Override
    public String encode(Object object) throws EncodeException {
        if (object.getClass() != type && !DataTypes.canEncode(object.getClass())) {
            throw new EncodeException(object, object.getClass().getName() + " is no data that JSON could carry");
        }
        Jsonb binding = jsonb.get();
        try {
            return type instanceof Class ? binding.toJson(object) : binding.toJson(object, type);
        } catch (RuntimeException | StackOverflowError failure) {
            // The stack overflows in objects that refer to each other in a long chain or a circle.
            throw new EncodeException(
                    object, "No JSON can be made of a " + type.getTypeName() + ": " + failure.getMessage(), failure);
        }
    }
}
