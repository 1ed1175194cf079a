package dev.ferrule.json;

import org.jspecify.annotations.Nullable;

/**
 * One pass over a text before a parser sees it: exactly one complete value with matching brackets, not nested deeper, and no
 * number longer, than what parsing and using it may cost, and no name twice in an object. The rest of the grammar is the
 * parser's work.
 *
 * <p>Completeness is checked here because Parsson 1.1.7 never returns from a value that it skips when the text ends inside:
 * for <code>{"unknown":[</code> it would keep its thread for ever.
 *
 * <p>Time is linear in the text; memory counts the names of open objects, which are few or as long as the text.
 */
final class JsonText {
    /** Deeper than any document that a person designed, and shallow enough for a stack of 512 KiB. */
    static final int MAX_DEPTH = 256;

    /**
     * Digits of a number, also in a string, which JSON-B reads as a number where one is wanted: the JDK needs quadratic time
     * for them (a million take 15 s), and 4096 bits are 1234 of them.
     */
    static final int MAX_DIGITS = 4096;

    /** Digits of an exponent: 1e9999 as an integer is 4 KiB, 1e999999999 would be 400 MB. */
    static final int MAX_EXPONENT_DIGITS = 4;

    private final String text;
    private final OpenNames names;
    private int at;

    /** The last string, which is a name when a colon follows. */
    private int stringStart;

    private int stringEnd;
    private boolean stringEscaped;

    private JsonText(String text) {
        this.text = text;
        this.names = new OpenNames(text);
    }

    /** Why the text must not be parsed, with the position; null when it may be. */
    static @Nullable String problemOf(String text) {
        return new JsonText(text).problem();
    }

    private @Nullable String problem() {
        boolean complete = false;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (isWhitespace(c)) {
                continue;
            }
            String problem = complete ? "something follows the end of the value" + position(at) : token(c);
            if (problem != null) {
                return problem;
            }
            complete = names.depth() == 0;
        }
        return complete ? null : "the text ends before its value does" + position(at);
    }

    /** Reads the token that begins here, up to its last character. */
    private @Nullable String token(char c) {
        return switch (c) {
            case '{', '[' -> open(c == '{');
            case '}', ']' -> close(c == '}');
            case ',' -> null;
            case ':' -> name();
            case '"' -> string();
            default -> literal();
        };
    }

    private @Nullable String open(boolean object) {
        names.open(object);
        return names.depth() > MAX_DEPTH ? "it is nested deeper than " + MAX_DEPTH + " levels" + position(at) : null;
    }

    private @Nullable String close(boolean object) {
        return names.close(object) ? null : "a bracket closes what was not open" + position(at);
    }

    private @Nullable String name() {
        return names.add(stringStart, stringEnd, stringEscaped)
                ? null
                : "a name occurs twice in an object" + position(stringStart);
    }

    private @Nullable String string() {
        int start = ++at;
        boolean numeric = true;
        boolean escaped = false;
        for (; at < text.length() && text.charAt(at) != '"'; at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
                escaped = true;
                numeric = numeric && at < text.length() && text.charAt(at) == 'u';
            } else {
                numeric = numeric && (Character.isDigit(c) || "+-.,_eE".indexOf(c) >= 0);
            }
        }
        if (at >= text.length()) {
            return "a string has no end" + position(start);
        }
        stringStart = start;
        stringEnd = at;
        stringEscaped = escaped;
        return numeric && at - start > MAX_DIGITS ? tooManyDigits(start) : null;
    }

    private @Nullable String literal() {
        int start = at;
        int exponentDigits = 0;
        boolean inExponent = false;
        for (; at < text.length() && !isDelimiter(text.charAt(at)); at++) {
            char c = text.charAt(at);
            if (inExponent && Character.isDigit(c) && (c != '0' || exponentDigits > 0)) {
                exponentDigits++;
            }
            inExponent |= c == 'e' || c == 'E';
        }
        int length = at-- - start;
        if (length > MAX_DIGITS) {
            return tooManyDigits(start);
        }
        return exponentDigits > MAX_EXPONENT_DIGITS
                ? "a number has an exponent of more than " + MAX_EXPONENT_DIGITS + " digits" + position(start)
                : null;
    }

    private static String tooManyDigits(int start) {
        return "a number has more than " + MAX_DIGITS + " digits" + position(start);
    }

    private static String position(int index) {
        return " (at character " + (index + 1) + ")";
    }

    private static boolean isDelimiter(char c) {
        return isWhitespace(c) || "{}[],:\"".indexOf(c) >= 0;
    }

    private static boolean isWhitespace(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }
}
