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

    /** Where the next backslash stands, as far as it is known. */
    private int nextEscape = -1;

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

    /** Finds the end by searches, which the JVM makes fast, and never searches a part of the text twice. */
    private @Nullable String string() {
        int start = at + 1;
        int from = start;
        int quote = text.indexOf('"', start);
        while (quote >= 0 && nextEscape(from) < quote) {
            from = nextEscape(from) + 2;
            quote = from > quote ? text.indexOf('"', from) : quote;
        }
        if (quote < 0) {
            return "a string has no end" + position(start);
        }
        stringStart = start;
        stringEnd = quote;
        stringEscaped = from > start;
        at = quote;
        return quote - start > MAX_DIGITS && isLongNumber() ? tooManyDigits(start) : null;
    }

    private int nextEscape(int from) {
        if (nextEscape < from) {
            int found = text.indexOf('\\', from);
            nextEscape = found < 0 ? Integer.MAX_VALUE : found;
        }
        return nextEscape;
    }

    /** Whether the last string could be read as a number of too many digits. */
    private boolean isLongNumber() {
        if (!stringEscaped) {
            return isLongNumber(text, stringStart, stringEnd);
        }
        String plain = names.unescaped(stringStart, stringEnd);
        return isLongNumber(plain, 0, plain.length());
    }

    private static boolean isLongNumber(String plain, int start, int end) {
        int digits = 0;
        for (int i = start; i < end; i++) {
            char c = plain.charAt(i);
            if (Character.isDigit(c)) {
                digits++;
            } else if ("+-.,_eE".indexOf(c) < 0) {
                return false;
            }
        }
        return digits > MAX_DIGITS;
    }

    private @Nullable String literal() {
        int start = at;
        int exponent = -1;
        for (; at < text.length() && !isDelimiter(text.charAt(at)); at++) {
            if ((text.charAt(at) | 0x20) == 'e' && exponent < 0) {
                exponent = at + 1;
            }
        }
        int length = at-- - start;
        if (length > MAX_DIGITS) {
            return tooManyDigits(start);
        }
        return exponent >= 0 && digits(exponent, start + length) > MAX_EXPONENT_DIGITS
                ? "a number has an exponent of more than " + MAX_EXPONENT_DIGITS + " digits" + position(start)
                : null;
    }

    /** How many digits there are, without zeros in front. */
    private int digits(int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            count += Character.isDigit(c) && (c != '0' || count > 0) ? 1 : 0;
        }
        return count;
    }

    private static String tooManyDigits(int start) {
        return "a number has more than " + MAX_DIGITS + " digits" + position(start);
    }

    private static String position(int index) {
        return " (at character " + (index + 1) + ")";
    }

    private static boolean isDelimiter(char c) {
        return switch (c) {
            case '{', '}', '[', ']', ',', ':', '"' -> true;
            default -> isWhitespace(c);
        };
    }

    private static boolean isWhitespace(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }
}
