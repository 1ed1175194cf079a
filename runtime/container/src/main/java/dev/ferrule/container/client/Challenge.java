package dev.ferrule.container.client;

import dev.ferrule.engine.extension.HeaderScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One demand for credentials of {@code WWW-Authenticate} or {@code Proxy-Authenticate} (RFC 9110 §11.3).
 *
 * @param scheme the scheme in lower case
 * @param parameters its parameters, unquoted, looked up without case
 */
record Challenge(String scheme, Map<String, String> parameters) {
    /** A parameter, or null. */
    @Nullable
    String parameter(String name) {
        return parameters.get(name);
    }

    /** The challenges of all values of the field, in order; what cannot be read ends its value. */
    static List<Challenge> parse(List<String> values) {
        List<Challenge> challenges = new ArrayList<>();
        for (String value : values) {
            new Reading(value, challenges).read();
        }
        return challenges;
    }

    /**
     * One pass over one value. The grammar is ambiguous until the character behind a token is seen: an equals sign makes it a
     * parameter of the challenge before, anything else a new scheme.
     */
    private static final class Reading {
        private final String value;
        private final List<Challenge> challenges;
        private int at;

        Reading(String value, List<Challenge> challenges) {
            this.value = value;
            this.challenges = challenges;
        }

        void read() {
            Challenge current = null;
            while (skip(", \t")) {
                String word = token();
                if (word.isEmpty()) {
                    return;
                }
                int behind = at;
                skip(" \t");
                if (current != null && at < value.length() && value.charAt(at) == '=') {
                    at++;
                    skip(" \t");
                    String text = at < value.length() && value.charAt(at) == '"' ? quoted() : token();
                    if (text == null || current.parameters().putIfAbsent(word, text) != null) {
                        challenges.remove(current); // broken, or two values for one thing
                        return;
                    }
                } else {
                    at = behind;
                    current =
                            new Challenge(word.toLowerCase(Locale.ROOT), new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
                    challenges.add(current);
                    skipToken68();
                }
            }
        }

        /** Some schemes have one bare value in place of parameters, such as {@code Negotiate}; none of ours has. */
        private void skipToken68() {
            int from = at;
            skip(" \t");
            int end = at;
            while (end < value.length() && "+/-._~".indexOf(value.charAt(end)) >= 0
                    || end < value.length() && Character.isLetterOrDigit(value.charAt(end))) {
                end++;
            }
            int padded = end;
            while (padded < value.length() && value.charAt(padded) == '=') {
                padded++;
            }
            boolean ends = padded == value.length() || value.charAt(padded) == ',';
            at = ends && end > at && at > from ? padded : from;
        }

        /** Passes the characters; false at the end of the value. */
        private boolean skip(String characters) {
            while (at < value.length() && characters.indexOf(value.charAt(at)) >= 0) {
                at++;
            }
            return at < value.length();
        }

        private String token() {
            int from = at;
            while (at < value.length() && HeaderScanner.isToken(value.substring(at, at + 1))) {
                at++;
            }
            return value.substring(from, at);
        }

        private @Nullable String quoted() {
            StringBuilder text = new StringBuilder();
            at++;
            while (at < value.length() && value.charAt(at) != '"') {
                if (value.charAt(at) == '\\') {
                    at++;
                }
                if (at < value.length()) {
                    text.append(value.charAt(at));
                }
                at++;
            }
            if (at >= value.length()) {
                return null;
            }
            at++;
            return text.toString();
        }
    }
}
