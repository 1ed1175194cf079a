package dev.ferrule.transport.netty;

import dev.ferrule.engine.handshake.RequestHead;
import java.util.List;

/**
 * A request head and what HTTP/1.1 says of its connection.
 *
 * @param head the head as the container sees it
 * @param upgrade whether it asks for WebSocket; HTTP/1.0 cannot (RFC 9110 §7.8)
 * @param hasBody whether a body follows, which is never read
 * @param persistent whether the peer wants to send another request over this connection, which an upgrade leaves open
 */
record HttpRequest(RequestHead head, boolean upgrade, boolean hasBody, boolean persistent) {
    /** What tells the host and the body of a request, looked up in one loop, which the JIT compiles once; their places follow. */
    private static final List<String> FIELDS = List.of("Host", "Content-Length", "Transfer-Encoding");

    private static final int HOST = 0;
    private static final int CONTENT_LENGTH = 1;
    private static final int TRANSFER_ENCODING = 2;

    /** Judges what was read. */
    static HttpRequest of(HeadReader read) throws MalformedHead {
        String line = read.startLine();
        int afterMethod = line.indexOf(' ');
        int afterTarget = line.lastIndexOf(' ');
        boolean get = line.startsWith("GET ");
        String method = get ? "GET" : line.substring(0, Math.max(0, afterMethod));
        if (afterMethod == afterTarget || !(get || HeadText.isToken(method))) {
            throw new MalformedHead(400, "The request line is not method, target and version");
        }
        boolean http11 = line.endsWith(" HTTP/1.1");
        if (!http11 && !line.endsWith(" HTTP/1.0")) {
            throw new MalformedHead(
                    line.startsWith("HTTP/", afterTarget + 1) ? 505 : 400, "The version of HTTP must be 1.1 or 1.0");
        }
        RequestHead head =
                new RequestHead(method, originForm(line.substring(afterMethod + 1, afterTarget)), read.fields());
        List<List<String>> fields = head.values(FIELDS);
        int hosts = fields.get(HOST).size();
        if (hosts > 1 || (http11 && hosts == 0)) {
            throw new MalformedHead(400, "A request has exactly one Host field"); // RFC 9112 §3.2
        }
        boolean body = hasBody(
                fields.get(CONTENT_LENGTH), !fields.get(TRANSFER_ENCODING).isEmpty());
        boolean upgrade = http11 && get && head.lists("Upgrade", "websocket");
        if (upgrade && body) {
            throw new MalformedHead(400, "A request for an upgrade to WebSocket has no body");
        }
        boolean persistent = http11 && !upgrade && !body && !head.lists("Connection", "close");
        return new HttpRequest(head, upgrade, body, persistent);
    }

    private static boolean hasBody(List<String> lengths, boolean coded) throws MalformedHead {
        if (lengths.isEmpty()) {
            return coded;
        }
        if (coded || lengths.size() > 1) {
            throw new MalformedHead(400, "The length of the body is told more than once"); // RFC 9112 §6.3
        }
        String length = lengths.get(0);
        if (length.isEmpty() || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new MalformedHead(400, "Content-Length is not a number");
        }
        return length.chars().anyMatch(c -> c != '0');
    }

    /** The target in origin form; the absolute form, which servers must understand too, is cut down to it (RFC 9112 §3.2). */
    private static String originForm(String target) throws MalformedHead {
        String origin = target;
        if (!isAbsolutePath(target)
                && (target.regionMatches(true, 0, "http://", 0, 7)
                        || target.regionMatches(true, 0, "https://", 0, 8))) {
            int authority = target.indexOf("//") + 2;
            int end = authority;
            while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
                end++;
            }
            origin = target.startsWith("/", end) ? target.substring(end) : "/" + target.substring(end);
        }
        if (!isPath(origin)) {
            throw new MalformedHead(400, "The request target is not a path");
        }
        return origin;
    }

    private static boolean isPath(String target) {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                return false;
            }
        }
        return isAbsolutePath(target);
    }

    private static boolean isAbsolutePath(String target) {
        return !target.isEmpty() && target.charAt(0) == '/';
    }
}
