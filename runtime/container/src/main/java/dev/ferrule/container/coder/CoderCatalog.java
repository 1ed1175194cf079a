package dev.ferrule.container.coder;

import dev.ferrule.container.spi.CoderProvider;
import dev.ferrule.container.spi.CoderProvider.Context;
import dev.ferrule.container.spi.CoderProvider.NativeType;
import dev.ferrule.container.spi.GenericTypes;
import jakarta.websocket.Decoder;
import jakarta.websocket.Encoder;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The encoders and decoders of one logical endpoint: the declared classes, in their order, and behind them the providers'.
 * Immutable but for a memory of what providers answered.
 */
public final class CoderCatalog {
    private static final List<Class<?>> FORMS =
            List.of(Encoder.Text.class, Encoder.TextStream.class, Encoder.Binary.class, Encoder.BinaryStream.class);

    private final List<DeclaredEncoder> encoders;
    private final List<DeclaredDecoder> decoders;
    private final List<CoderProvider> providers;
    private final Context context;
    private final Map<NativeType, Map<Type, Optional<Decoder>>> providedDecoders =
            Map.of(NativeType.TEXT, new ConcurrentHashMap<>(), NativeType.BINARY, new ConcurrentHashMap<>());
    private final Map<Type, Optional<Encoder>> providedEncoders = new ConcurrentHashMap<>();

    /** Serves all connections where nothing is declared: they have no coders of their own. */
    private final SessionCoders shared = new SessionCoders(this);

    /** A declared encoder class and what it encodes. */
    record DeclaredEncoder(Class<? extends Encoder> type, Type encodes, Class<?> raw) {
        /**
         * Whether it encodes an object.
         *
         * @param declared the generic type that a callback declares for it, or null when only the object is known
         */
        boolean fits(Object object, @Nullable Type declared) {
            return raw.isInstance(object) && (declared == null || !contradicts(encodes, declared));
        }
    }

    /** A declared decoder class, one wire form of it, and what it makes. */
    record DeclaredDecoder(int index, Class<? extends Decoder> type, NativeType nativeType, Type makes) {}

    private CoderCatalog(
            List<DeclaredEncoder> encoders,
            List<DeclaredDecoder> decoders,
            List<CoderProvider> providers,
            Context context) {
        this.encoders = List.copyOf(encoders);
        this.decoders = List.copyOf(decoders);
        this.providers = providers;
        this.context = context;
    }

    /**
     * Reads what declared classes are for, and asks every provider whether it has what the endpoint wants of it.
     *
     * @param problems takes a sentence for each class that cannot be used, and for each provider that misses something
     */
    public static CoderCatalog of(
            List<Class<? extends Encoder>> encoderTypes,
            List<Class<? extends Decoder>> decoderTypes,
            List<CoderProvider> providers,
            Context context,
            List<String> problems) {
        List<DeclaredEncoder> encoders = new ArrayList<>();
        for (Class<? extends Encoder> type : encoderTypes) {
            Type encodes = FORMS.stream()
                    .filter(form -> form.isAssignableFrom(type))
                    .map(form -> GenericTypes.argumentOrVariable(type, form))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            if (encodes == null) {
                problems.add(
                        "the encoder " + type.getName() + " does not say what it encodes: it must implement one of the"
                                + " interfaces in jakarta.websocket.Encoder with a type argument");
            } else {
                encoders.add(new DeclaredEncoder(type, encodes, GenericTypes.raw(encodes)));
            }
        }
        for (CoderProvider provider : providers) {
            try {
                provider.encoderFor(Object.class, NativeType.TEXT, context);
            } catch (IllegalArgumentException missing) {
                problems.add(String.valueOf(missing.getMessage()));
            }
        }
        List<DeclaredDecoder> decoders = new ArrayList<>();
        for (int i = 0; i < decoderTypes.size(); i++) {
            Class<? extends Decoder> type = decoderTypes.get(i);
            int before = decoders.size();
            Type text = firstArgument(type, Decoder.Text.class, Decoder.TextStream.class);
            if (text != null) {
                decoders.add(new DeclaredDecoder(i, type, NativeType.TEXT, text));
            }
            Type binary = firstArgument(type, Decoder.Binary.class, Decoder.BinaryStream.class);
            if (binary != null) {
                decoders.add(new DeclaredDecoder(i, type, NativeType.BINARY, binary));
            }
            if (decoders.size() == before) {
                problems.add(
                        "the decoder " + type.getName() + " does not say what it decodes: it must implement one of the"
                                + " interfaces in jakarta.websocket.Decoder with a type argument");
            }
        }
        return new CoderCatalog(encoders, decoders, providers, context);
    }

    private static @Nullable Type firstArgument(Class<?> type, Class<?>... interfaces) {
        for (Class<?> candidate : interfaces) {
            if (candidate.isAssignableFrom(type)) {
                Type argument = GenericTypes.argument(type, candidate);
                if (argument != null) {
                    return argument;
                }
            }
        }
        return null;
    }

    /** What stands for the coders of any connection, or null where each has its own. */
    @Nullable
    SessionCoders shared() {
        return encoders.isEmpty() && decoders.isEmpty() ? shared : null;
    }

    /** Whether a declared decoder makes the type, or a subtype of it, from that wire form. */
    public boolean declaresDecoder(Type type, NativeType nativeType) {
        return !decodersFor(type, nativeType).isEmpty();
    }

    /** Whether a provider has a decoder for the type from that wire form. */
    public boolean providesDecoder(Type type, NativeType nativeType) {
        return providedDecoder(type, nativeType) != null;
    }

    /** What people may want to know of a type for which there is no coder: what to do, or what stands in the way. */
    public String remedy(Type type) {
        return providers.stream()
                .map(provider -> provider.obstacle(type))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(
                        providers.isEmpty()
                                ? "declare one, or add a library that provides coders, such as ferrule-json"
                                : "declare one");
    }

    /** Gives an instance of a declared coder what it needs of its library. */
    void prepare(Object coder) {
        providers.forEach(provider -> provider.prepare(coder, context));
    }

    /** Whether an object of the type could be sent: by a declared encoder, natively, or by a provider. */
    public boolean canEncode(Type type) {
        Class<?> raw = GenericTypes.raw(type);
        return NativeText.isNative(raw)
                || encoders.stream().anyMatch(encoder -> mayFit(encoder, type))
                || providedEncoder(type) != null;
    }

    private static boolean mayFit(DeclaredEncoder encoder, Type type) {
        Class<?> raw = GenericTypes.raw(type);
        return (encoder.raw().isAssignableFrom(raw) || raw.isAssignableFrom(encoder.raw()))
                && !contradicts(encoder.encodes(), type);
    }

    List<DeclaredEncoder> encoders() {
        return encoders;
    }

    List<DeclaredDecoder> decoders() {
        return decoders;
    }

    List<DeclaredDecoder> decodersFor(Type type, NativeType nativeType) {
        List<DeclaredDecoder> fitting = new ArrayList<>();
        for (DeclaredDecoder decoder : decoders) {
            if (decoder.nativeType() == nativeType && fits(type, decoder.makes())) {
                fitting.add(decoder);
            }
        }
        return fitting;
    }

    /** Whether their arguments tell that an encoder of the one is none of the other: of List<Order> none of List<Item>. */
    private static boolean contradicts(Type encodes, Type declared) {
        if (!(encodes instanceof ParameterizedType one && declared instanceof ParameterizedType other)
                || one.getRawType() != other.getRawType()) {
            return false;
        }
        Type[] encoded = one.getActualTypeArguments();
        Type[] arguments = other.getActualTypeArguments();
        return IntStream.range(0, encoded.length).anyMatch(i -> differ(encoded[i], arguments[i]));
    }

    /** Variables and wildcards may be anything. */
    private static boolean differ(Type encoded, Type argument) {
        boolean known = argument instanceof Class || argument instanceof ParameterizedType;
        return encoded instanceof Class<?> plain && known
                ? !plain.isAssignableFrom(GenericTypes.raw(argument))
                : contradicts(encoded, argument);
    }

    private static boolean fits(Type wanted, Type made) {
        if (wanted.equals(made)) {
            return true;
        }
        // Of two generic types only the same arguments fit: a List<Order> is no List<Item>.
        boolean comparable = wanted instanceof Class || made instanceof Class;
        Class<?> target = NativeText.box(GenericTypes.raw(wanted));
        return comparable && target.isAssignableFrom(NativeText.box(GenericTypes.raw(made)));
    }

    @Nullable
    Decoder providedDecoder(Type type, NativeType nativeType) {
        return Objects.requireNonNull(providedDecoders.get(nativeType))
                .computeIfAbsent(type, wanted -> first(provider -> provider.decoderFor(wanted, nativeType, context)))
                .orElse(null);
    }

    @Nullable
    Encoder providedEncoder(Type type) {
        return providedEncoders
                .computeIfAbsent(
                        type, wanted -> first(provider -> provider.encoderFor(wanted, NativeType.TEXT, context)))
                .orElse(null);
    }

    private <C> Optional<C> first(Function<CoderProvider, @Nullable C> question) {
        return providers.stream().map(question).filter(Objects::nonNull).findFirst();
    }
}
