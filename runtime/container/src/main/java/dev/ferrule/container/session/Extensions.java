package dev.ferrule.container.session;

import dev.ferrule.engine.extension.ExtensionOffer;
import dev.ferrule.engine.extension.FrameExtension;
import jakarta.websocket.Extension;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Between the extensions of the API and those of the engine. */
public final class Extensions {
    private Extensions() {}

    private record Named(String name, List<Extension.Parameter> parameters) implements Extension {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public List<Extension.Parameter> getParameters() {
            return parameters;
        }

        @Override
        public String toString() {
            return toOffer(this).toString();
        }
    }

    private record Value(String name, @Nullable String value) implements Extension.Parameter {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public @Nullable String getValue() {
            return value;
        }
    }

    /** An element of a header, as the API shows it. */
    public static Extension toApi(ExtensionOffer offer) {
        List<Extension.Parameter> parameters = offer.parameters().stream()
                .map(parameter -> (Extension.Parameter) new Value(parameter.name(), parameter.value()))
                .toList();
        return new Named(offer.name(), parameters);
    }

    /** Several elements, as the API shows them. */
    public static List<Extension> toApi(List<ExtensionOffer> offers) {
        return offers.isEmpty()
                ? List.of()
                : offers.stream().map(Extensions::toApi).toList();
    }

    /** An extension of the API as an element of a header. */
    public static ExtensionOffer toOffer(Extension extension) {
        return new ExtensionOffer(
                extension.getName(),
                extension.getParameters().stream()
                        .map(parameter ->
                                new ExtensionOffer.Parameter(parameter.getName(), emptyToNull(parameter.getValue())))
                        .toList());
    }

    /** The names of what is installed, each of them once, as the API shows them. */
    public static List<Extension> installed(List<FrameExtension> extensions) {
        Set<String> names = new HashSet<>();
        List<Extension> shown = new ArrayList<>();
        for (FrameExtension extension : extensions) {
            if (names.add(extension.name())) {
                shown.add(new Named(extension.name(), List.of()));
            }
        }
        return shown;
    }

    private static @Nullable String emptyToNull(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }
}
