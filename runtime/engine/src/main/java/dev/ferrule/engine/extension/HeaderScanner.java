package dev.ferrule.engine.extension;

import java.util.ArrayList;
import java.util.List;

/**
 * Walks through one header value once, from left to right: tokens, quoted strings and separators (RFC 9110 §5.6).
 * Confined to one thread.
 */
public final class HeaderScanner {
    private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

    private final String value;
    private int at;

    public HeaderScanner(String value) {
        this.value = value;
    }

    /** Whether the text is a token: not empty, and without separators, spaces or anything that is not ASCII. */
    public static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenChar(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /**
     * The tokens of a header that is a comma-separated list, over all its values; empty elements are skipped as
     * RFC 9110 §5.6.1.2 asks of recipients.
     */
    public static List<String> tokens(List<String> values) throws HeaderSyntaxException {
        List<String> tokens = new ArrayList<>();
        for (String value : values) {
            HeaderScanner scanner = new HeaderScanner(value);
            while (scanner.nextElement()) {
                tokens.add(scanner.token());
            }
        }
        return tokens;
    }

    /** The text without the spaces and tabs around it, which are no part of a value (RFC 9110 §5.5). */
    public static String trimmed(String text) {
        int to = text.length();
        if (to > 0 && !isSpace(text.charAt(0)) && !isSpace(text.charAt(to - 1))) {
            return text;
        }
        int from = 0;
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (from < to && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** Moves to the next element of a comma-separated list; false when there is none. */
    boolean nextElement() throws HeaderSyntaxException {
        boolean separated = at == 0;
        skipSpace();
        while (at < value.length() && value.charAt(at) == ',') {
            separated = true;
            at++;
            skipSpace();
        }
        if (at < value.length() && !separated) {
            throw syntax("a comma");
        }
        return at < value.length();
    }

    /** Passes a separator, with the spaces around it, if it is next. */
    boolean skip(char separator) {
        skipSpace();
        if (at == value.length() || value.charAt(at) != separator) {
            return false;
        }
        at++;
        skipSpace();
        return true;
    }

    String token() throws HeaderSyntaxException {
        int from = at;
        while (at < value.length() && isTokenChar(value.charAt(at))) {
            at++;
        }
        if (at == from) {
            throw syntax("a token");
        }
        return value.substring(from, at);
    }

    /** A token, bare or within quotes: RFC 6455 §9.1 wants a quoted value to be a token once it is unquoted. */
    String tokenOrQuoted() throws HeaderSyntaxException {
        if (at == value.length() || value.charAt(at) != '"') {
            return token();
        }
        at++;
        StringBuilder text = new StringBuilder();
        while (at < value.length() && value.charAt(at) != '"') {
            if (value.charAt(at) == '\\') {
                at++;
            }
            if (at == value.length() || !isTokenChar(value.charAt(at))) {
                throw syntax("a token within quotes");
            }
            text.append(value.charAt(at));
            at++;
        }
        if (at == value.length() || text.length() == 0) {
            throw syntax(at == value.length() ? "a closing quote" : "a token within quotes");
        }
        at++;
        return text.toString();
    }

    private void skipSpace() {
        while (at < value.length() && isSpace(value.charAt(at))) {
            at++;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isTokenChar(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || TOKEN_PUNCTUATION.indexOf(c) >= 0;
    }

    private HeaderSyntaxException syntax(String expected) {
        return new HeaderSyntaxException("At character " + at + " of the header value " + expected + " is expected");
    }
}
