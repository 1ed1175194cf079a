package dev.ferrule.transport.netty.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The name of a resource in a request's path, when it is one: decoded once, and made of plain names only. */
final class ResourcePath {
    private ResourcePath() {}

    /**
     * The name below the root, with {@code index.html} behind a directory's slash.
     *
     * @param path a request's path, percent-encoded
     * @return null when the path cannot be a resource's: it leaves the root, hides a slash, is not UTF-8, or has an empty
     *     segment
     */
    static @Nullable String of(String path) {
        if (!path.startsWith("/")) {
            return null;
        }
        StringBuilder name = new StringBuilder();
        String[] segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            String segment = last && segments[i].isEmpty() ? "index.html" : decoded(segments[i]);
            if (segment == null || !isName(segment)) {
                return null;
            }
            name.append(segment).append(last ? "" : "/");
        }
        return name.toString();
    }

    /** Colons separate drives and streams of files on one system; what no file should be called is not served. */
    private static boolean isName(String segment) {
        return !segment.isEmpty()
                && !segment.equals(".")
                && !segment.equals("..")
                && segment.chars().noneMatch(c -> c < ' ' || c == 0x7f || c == '/' || c == '\\' || c == ':');
    }

    private static @Nullable String decoded(String segment) {
        ByteBuffer bytes = ByteBuffer.allocate(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == '%') {
                int high = i + 2 < segment.length() ? Character.digit(segment.charAt(i + 1), 16) : -1;
                int low = high < 0 ? -1 : Character.digit(segment.charAt(i + 2), 16);
                if (low < 0) {
                    return null;
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else if (c < 0x80) {
                bytes.put((byte) c);
            } else {
                return null;
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
