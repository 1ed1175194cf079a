package dev.ferrule.container.settings;

/** Texts with expressions: {@code ${key}}, or {@code ${key:default}}, where the default may hold braces and expressions. */
final class Expressions {
    private Expressions() {}

    /**
     * Replaces every expression by its value. Values are taken as they are.
     *
     * @throws SettingsException when a key without a default has no value, or a brace is missing
     */
    static String expand(String text, SettingsSource source) {
        StringBuilder expanded = new StringBuilder();
        int from = 0;
        for (int start = text.indexOf("${"); start >= 0; start = text.indexOf("${", from)) {
            int end = end(text, start);
            expanded.append(text, from, start).append(value(text, text.substring(start + 2, end), source));
            from = end + 1;
        }
        return expanded.append(text, from, text.length()).toString();
    }

    private static int end(String text, int start) {
        int depth = 0;
        for (int i = start + 1; i < text.length(); i++) {
            char character = text.charAt(i);
            depth += character == '{' ? 1 : character == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new SettingsException("In '" + text + "' the expression '" + text.substring(start) + "' has no end");
    }

    private static String value(String text, String expression, SettingsSource source) {
        int colon = expression.indexOf(':');
        String key = colon < 0 ? expression : expression.substring(0, colon);
        String value = source.value(key);
        if (value != null && !value.isBlank()) {
            return value.trim();
        }
        if (colon < 0) {
            throw new SettingsException(
                    "In '" + text + "' the key " + key + " has no value: set it, or write ${" + key + ":default}");
        }
        return expand(expression.substring(colon + 1), source);
    }
}
