package dev.ferrule.container.session;

import dev.ferrule.container.coder.CoderCatalog;
import dev.ferrule.container.endpoint.MessageShape;
import dev.ferrule.container.spi.CoderProvider.NativeType;
import java.lang.reflect.Type;

/**
 * What an endpoint's coders can do, asked by its model.
 *
 * @param catalog the endpoint's coders
 */
public record CatalogShapes(CoderCatalog catalog) implements MessageShape.Coders {
    @Override
    public boolean declaresDecoder(Type type, NativeType nativeType) {
        return catalog.declaresDecoder(type, nativeType);
    }

    @Override
    public boolean providesDecoder(Type type, NativeType nativeType) {
        return catalog.providesDecoder(type, nativeType);
    }

    @Override
    public boolean canEncode(Type type) {
        return catalog.canEncode(type);
    }

    @Override
    public String remedy(Type type) {
        return catalog.remedy(type);
    }
}
