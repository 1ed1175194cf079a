package dev.ferrule.container.receive;

import dev.ferrule.container.endpoint.MessageShape;
import dev.ferrule.container.spi.GenericTypes;
import jakarta.websocket.MessageHandler;
import java.lang.reflect.Type;
import java.util.List;

/** What programmatic message handlers want of messages: their type argument, found or told. */
public final class HandlerShapes {
    private HandlerShapes() {}

    /**
     * The shapes of a handler whose class says its type.
     *
     * @throws IllegalArgumentException when it does not, or nothing makes the type
     */
    public static List<MessageShape> of(MessageHandler handler, MessageShape.Coders coders) {
        boolean whole = handler instanceof MessageHandler.Whole;
        Class<?> form = whole ? MessageHandler.Whole.class : MessageHandler.Partial.class;
        if (!whole && !(handler instanceof MessageHandler.Partial)) {
            throw new IllegalArgumentException(
                    handler.getClass().getName() + " is neither a MessageHandler.Whole nor a MessageHandler.Partial");
        }
        Type type = GenericTypes.argument(handler.getClass(), form);
        if (type == null) {
            throw new IllegalArgumentException("Java does not keep the message type of "
                    + handler.getClass().getName()
                    + " (a lambda or a raw type): use addMessageHandler(Class, handler)");
        }
        return whole ? whole(type, coders) : partial(type);
    }

    /** The shapes of a handler for whole messages of a type. */
    public static List<MessageShape> whole(Type type, MessageShape.Coders coders) {
        List<MessageShape> shapes = MessageShape.whole(type, coders);
        return present(shapes, type, "whole messages", "no decoder of the endpoint makes it: " + coders.remedy(type));
    }

    /** The shapes of a handler for parts of a type. */
    public static List<MessageShape> partial(Type type) {
        return present(MessageShape.partial(type), type, "parts of messages", "parts are String, ByteBuffer or byte[]");
    }

    private static List<MessageShape> present(List<MessageShape> shapes, Type type, String what, String why) {
        if (shapes.isEmpty()) {
            throw new IllegalArgumentException(
                    "There is no way to deliver " + what + " as " + type.getTypeName() + ": " + why);
        }
        return shapes;
    }
}
