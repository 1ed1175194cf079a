package dev.ferrule.engine.extension;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code Sec-WebSocket-Extensions}, in an offer or in an answer (RFC 6455 §9.1).
 *
 * @param name the extension's name, a token
 * @param parameters its parameters, in order, repetitions included
 */
public record ExtensionOffer(String name, List<Parameter> parameters) {
    public ExtensionOffer {
        requireToken("extension name", name);
        parameters = List.copyOf(parameters);
    }

    /**
     * One parameter.
     *
     * @param name a token
     * @param value a token, or null when the parameter has none
     */
    public record Parameter(String name, @Nullable String value) {
        public Parameter {
            requireToken("parameter name", name);
            if (value != null) {
                requireToken("value of the parameter " + name, value);
            }
        }
    }

    /** Reads all values of the header, in order. */
    public static List<ExtensionOffer> parse(List<String> headerValues) throws HeaderSyntaxException {
        List<ExtensionOffer> offers = new ArrayList<>();
        for (String value : headerValues) {
            HeaderScanner scanner = new HeaderScanner(value);
            while (scanner.nextElement()) {
                offers.add(parseOne(scanner));
            }
        }
        return offers;
    }

    private static ExtensionOffer parseOne(HeaderScanner scanner) throws HeaderSyntaxException {
        String name = scanner.token();
        List<Parameter> parameters = new ArrayList<>();
        while (scanner.skip(';')) {
            String parameter = scanner.token();
            parameters.add(new Parameter(parameter, scanner.skip('=') ? scanner.tokenOrQuoted() : null));
        }
        return new ExtensionOffer(name, parameters);
    }

    /** The header value that says these, in order. */
    public static String print(List<ExtensionOffer> offers) {
        StringJoiner elements = new StringJoiner(", ");
        for (ExtensionOffer offer : offers) {
            elements.add(offer.toString());
        }
        return elements.toString();
    }

    /** This one as it stands in the header. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name);
        for (Parameter parameter : parameters) {
            text.append("; ").append(parameter.name());
            if (parameter.value() != null) {
                text.append('=').append(parameter.value());
            }
        }
        return text.toString();
    }

    private static void requireToken(String what, String text) {
        if (!HeaderScanner.isToken(text)) {
            throw new IllegalArgumentException("The " + what + " is no token of RFC 9110 §5.6.2; it has "
                    + text.length() + " characters, and one of them may not stand there, or it has none");
        }
    }
}
