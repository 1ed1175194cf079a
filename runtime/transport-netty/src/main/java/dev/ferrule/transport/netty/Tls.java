package dev.ferrule.transport.netty;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/** TLS at both ends, by the JDK's engine: protocols, ciphers and client authentication are those of the context. */
final class Tls {
    private Tls() {}

    /** The server's end. */
    static SslHandler server(SSLContext context) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        return handler(engine);
    }

    /** The client's end, which tells the server whom it wants (RFC 6066 §3) and accepts a certificate for that name only. */
    static SslHandler client(SSLContext context, String host, int port) {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 9110 §4.3.4
        if (!isAddress(host)) {
            parameters.setServerNames(names(host));
        }
        engine.setSSLParameters(parameters);
        return handler(engine);
    }

    private static List<SNIServerName> names(String host) {
        try {
            return List.of(new SNIHostName(host.endsWith(".") ? host.substring(0, host.length() - 1) : host));
        } catch (IllegalArgumentException notForDns) {
            return List.of(); // a local name such as my_host, which no certificate check stumbles over
        }
    }

    private static SslHandler handler(SSLEngine engine) {
        SslHandler handler = new SslHandler(engine);
        handler.setHandshakeTimeoutMillis(0); // part of the time for the whole opening, which has a timer
        return handler;
    }

    /** Whether the host is an address and not a name. */
    static boolean isAddress(String host) {
        return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
    }

    /** The certificates that the peer showed, its own first; empty when it showed none. */
    static List<X509Certificate> peerCertificates(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        List<X509Certificate> certificates = new ArrayList<>();
        if (tls != null) {
            try {
                for (Certificate certificate : tls.engine().getSession().getPeerCertificates()) {
                    if (certificate instanceof X509Certificate x509) {
                        certificates.add(x509);
                    }
                }
            } catch (SSLPeerUnverifiedException anonymous) {
                return List.of();
            }
        }
        return List.copyOf(certificates);
    }

    /** What went wrong in a TLS handshake, in words: what is wrong with the certificate, if that is it. */
    static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                Throwable deepest = deepest(cause);
                String time = deepest instanceof CertificateExpiredException
                        ? "it has expired, "
                        : deepest instanceof CertificateNotYetValidException ? "it is not valid yet, " : "";
                return "its certificate is not accepted: " + time + deepest.getMessage();
            }
        }
        return "the TLS handshake failed: " + failure.getMessage();
    }

    private static Throwable deepest(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }
}
