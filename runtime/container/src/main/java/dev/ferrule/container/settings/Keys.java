package dev.ferrule.container.settings;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The table of all settings. */
public final class Keys {
    public static final Setting<String> HOST =
            Setting.text("ferrule.host", "127.0.0.1", "a host name or an IP address", "nothing is exposed by accident");
    public static final Setting<Integer> PORT =
            Setting.number("ferrule.port", 8080, 0, 65_535, "what people try first; 0 picks a free one");
    public static final Setting<String> TRANSPORT = Setting.text(
            "ferrule.transport",
            "",
            "the name of a transport",
            "the only one on the class path is taken; memory by name only");
    public static final Setting<String> KEYSTORE = Setting.text(
            "ferrule.tls.keystore", "", "the path of a key store (PKCS#12 or JKS)", "none: the server speaks plain ws");
    public static final Setting<String> KEYSTORE_PASSWORD =
            Setting.text("ferrule.tls.keystore.password", "", "the password of the key store", "none");

    public static final Setting<Integer> MAX_MESSAGE = Setting.bytes(
            "ferrule.limits.message",
            1 << 20,
            1,
            "room for ordinary JSON, no surprise; text counts as UTF-8, after inflation");
    public static final Setting<Integer> MAX_FRAME = Setting.bytes(
            "ferrule.limits.frame", Integer.MAX_VALUE, 125, "the message's limit bounds its frames already");
    public static final Setting<Integer> MAX_FRAGMENTS = Setting.number(
            "ferrule.limits.fragments", 16_384, 1, Integer.MAX_VALUE, "bounds the work that empty fragments cause");
    public static final Setting<Integer> MAX_HANDSHAKE_BYTES = Setting.bytes(
            "ferrule.limits.handshake-bytes",
            16 << 10,
            1024,
            "what browsers with many cookies need, and proxies allow");
    public static final Setting<Integer> MAX_HEADERS =
            Setting.number("ferrule.limits.headers", 100, 10, 10_000, "browsers send about 20");

    public static final Setting<Duration> HANDSHAKE_TIMEOUT = Setting.duration(
            "ferrule.timeouts.handshake", Duration.ofSeconds(10), false, "slow for a phone, short for an attacker");
    public static final Setting<Duration> CONNECT_TIMEOUT = Setting.duration(
            "ferrule.timeouts.connect",
            Duration.ofSeconds(5),
            false,
            "for a client's name look-up, TCP and proxy: a lost first packet is sent again after 1 s and 3 s");
    public static final Setting<Duration> TLS_TIMEOUT = Setting.duration(
            "ferrule.timeouts.tls", Duration.ofSeconds(5), false, "for a client's TLS handshake: a few round trips");
    public static final Setting<Duration> CLOSE_TIMEOUT = Setting.duration(
            "ferrule.timeouts.close", Duration.ofSeconds(5), false, "how long a peer may take to answer a close frame");
    public static final Setting<Duration> WRITE_STALL_TIMEOUT = Setting.duration(
            "ferrule.timeouts.write-stall",
            Duration.ofSeconds(30),
            false,
            "a peer that takes no byte for so long is cut");
    public static final Setting<Duration> IDLE_TIMEOUT = Setting.duration(
            "ferrule.timeouts.idle", Duration.ZERO, true, "the API's default: a quiet peer is not cut");
    public static final Setting<Duration> PING_INTERVAL = Setting.duration(
            "ferrule.ping.interval", Duration.ofSeconds(30), true, "below the 60 s after which many proxies cut");
    public static final Setting<Duration> PING_TIMEOUT = Setting.duration(
            "ferrule.ping.timeout", Duration.ofSeconds(20), false, "a peer that answers no ping for so long is dead");

    public static final Setting<Integer> SEND_HIGH_WATER_MARK = Setting.bytes(
            "ferrule.send.high-water-mark", 1 << 20, 1, "above it a blocking send waits before it returns");
    public static final Setting<Integer> SEND_LOW_WATER_MARK =
            Setting.bytes("ferrule.send.low-water-mark", 256 << 10, 0, "below it waiting senders go on");
    public static final Setting<Integer> SEND_CAP =
            Setting.bytes("ferrule.send.cap", 16 << 20, 1024, "bounds what a peer that reads slowly can cost");
    public static final Setting<Integer> SEND_BUDGET = Setting.bytes(
            "ferrule.send.budget",
            0,
            0,
            "for all sessions together; 0 is a quarter of the heap: many slow peers must not fill it");
    public static final Setting<OverflowPolicy> SEND_POLICY = Setting.choice(
            "ferrule.send.policy", OverflowPolicy.class, OverflowPolicy.FAIL, "the sender learns of it and decides");

    public static final Setting<Boolean> COMPRESSION = Setting.flag(
            "ferrule.compression.enabled", true, "permessage-deflate is negotiated with peers that want it");
    public static final Setting<Boolean> COMPRESSION_OFFER = Setting.flag(
            "ferrule.compression.offer",
            false,
            "the API's rule: clients offer the extensions that their configuration lists, and no other");
    public static final Setting<Integer> COMPRESSION_THRESHOLD = Setting.bytes(
            "ferrule.compression.threshold", 256, 0, "smaller messages do not shrink by what compressing them costs");
    public static final Setting<Integer> COMPRESSION_LEVEL =
            Setting.number("ferrule.compression.level", 6, 1, 9, "zlib's own compromise");

    public static final Setting<List<String>> ALLOWED_ORIGINS = Setting.origins(
            "ferrule.origin.allowed",
            Set.of("*", "null"),
            "origins such as https://example.org, null for opaque ones, * for any, separated by commas",
            "none: the same host and port as in Host, against cross-site hijacking");
    public static final Setting<ErrorStrategy> ERROR_STRATEGY = Setting.choice(
            "ferrule.errors.strategy",
            ErrorStrategy.class,
            ErrorStrategy.KEEP,
            "for messages that cannot be decoded, without an error method: one bad message is no reason to lose a peer");
    public static final Setting<CallbackPlace> CALLBACKS_ON = Setting.choice(
            "ferrule.callbacks.on",
            CallbackPlace.class,
            CallbackPlace.EVENT_LOOP,
            "no hand-over for each message; callbacks may block in either place");
    public static final Setting<Integer> CALLBACK_THREADS = Setting.number(
            "ferrule.callbacks.threads", 256, 1, 100_000, "threads for callbacks where the JDK has no virtual ones");

    public static final Setting<Integer> REDIRECTS = Setting.number(
            "ferrule.client.redirects", 5, 0, 50, "more are a loop, or nobody's intention; 0 follows none");
    public static final Setting<Duration> RETRY_AFTER = Setting.duration(
            "ferrule.client.retry-after",
            Duration.ZERO,
            true,
            "the most a client waits in all when a server answers 503 with Retry-After; off: the caller decides");
    public static final Setting<String> USER = Setting.text(
            "ferrule.client.auth.user", "", "the name of a user", "none: a demand for credentials fails the handshake");
    public static final Setting<String> PASSWORD =
            Setting.text("ferrule.client.auth.password", "", "the user's password", "none");
    public static final Setting<Boolean> PREEMPTIVE = Setting.flag(
            "ferrule.client.auth.preemptive", false, "credentials are sent to nobody who has not asked for them");
    public static final Setting<List<String>> AUTH_ORIGINS = Setting.origins(
            "ferrule.client.auth.origins",
            Set.of(),
            "origins such as wss://example.org:8443, separated by commas",
            "none: whatever server the application connects to may ask for the user's credentials");
    public static final Setting<String> PROXY = Setting.parsed(
            "ferrule.client.proxy",
            "",
            "host:port of an HTTP proxy, or direct",
            "none: java.net.ProxySelector decides, as elsewhere in the JVM",
            Keys::proxy);
    public static final Setting<String> PROXY_USER = Setting.text(
            "ferrule.client.proxy.user", "", "the name of a user at the proxy", "none: a demand of the proxy fails");
    public static final Setting<String> PROXY_PASSWORD =
            Setting.text("ferrule.client.proxy.password", "", "the password at the proxy", "none");

    /** Every setting, in the order of the documentation. */
    public static final List<Setting<?>> ALL = List.of(
            HOST,
            PORT,
            TRANSPORT,
            KEYSTORE,
            KEYSTORE_PASSWORD,
            MAX_MESSAGE,
            MAX_FRAME,
            MAX_FRAGMENTS,
            MAX_HANDSHAKE_BYTES,
            MAX_HEADERS,
            HANDSHAKE_TIMEOUT,
            CONNECT_TIMEOUT,
            TLS_TIMEOUT,
            CLOSE_TIMEOUT,
            WRITE_STALL_TIMEOUT,
            IDLE_TIMEOUT,
            PING_INTERVAL,
            PING_TIMEOUT,
            SEND_HIGH_WATER_MARK,
            SEND_LOW_WATER_MARK,
            SEND_CAP,
            SEND_BUDGET,
            SEND_POLICY,
            COMPRESSION,
            COMPRESSION_OFFER,
            COMPRESSION_THRESHOLD,
            COMPRESSION_LEVEL,
            ALLOWED_ORIGINS,
            ERROR_STRATEGY,
            CALLBACKS_ON,
            CALLBACK_THREADS,
            REDIRECTS,
            RETRY_AFTER,
            USER,
            PASSWORD,
            PREEMPTIVE,
            AUTH_ORIGINS,
            PROXY,
            PROXY_USER,
            PROXY_PASSWORD);

    /** The settings that one endpoint can have otherwise than its container, in the order of the documentation. */
    public static final List<Setting<?>> PER_ENDPOINT = List.of(
            MAX_MESSAGE,
            MAX_FRAME,
            MAX_FRAGMENTS,
            CLOSE_TIMEOUT,
            WRITE_STALL_TIMEOUT,
            IDLE_TIMEOUT,
            PING_INTERVAL,
            PING_TIMEOUT,
            SEND_HIGH_WATER_MARK,
            SEND_LOW_WATER_MARK,
            SEND_CAP,
            SEND_POLICY,
            COMPRESSION,
            COMPRESSION_THRESHOLD,
            COMPRESSION_LEVEL,
            ALLOWED_ORIGINS,
            ERROR_STRATEGY);

    private Keys() {}

    private static String proxy(String text) {
        String value = text.trim();
        int colon = value.lastIndexOf(':');
        if (value.equalsIgnoreCase("direct")) {
            return "direct";
        }
        int port = colon < 1 ? 0 : Integer.parseInt(value.substring(colon + 1));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException(text);
        }
        return value;
    }
}
