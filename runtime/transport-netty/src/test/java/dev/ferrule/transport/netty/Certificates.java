package dev.ferrule.transport.netty;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates, made by the JDK's keytool when a test asks for them; keys are made once in a directory. */
final class Certificates {
    static final String PASSWORD = "changeit";

    private final KeyStore store;
    private final Certificate trusted;

    private Certificates(KeyStore store, Certificate trusted) {
        this.store = store;
        this.trusted = trusted;
    }

    /** A key pair whose certificate, signed by itself, names these, such as {@code dns:localhost} or {@code ip:127.0.0.1}. */
    static Certificates of(Path directory, String names) throws Exception {
        KeyStore store = load(file(directory, names));
        return new Certificates(store, store.getCertificate("test"));
    }

    /** The key store with such a key pair. */
    static Path file(Path directory, String names) throws Exception {
        Path file = directory.resolve(names.replaceAll("[^a-z0-9]", "_") + ".p12");
        if (!Files.exists(file)) {
            pair(file, "-ext", "san=" + names);
        }
        return file;
    }

    /**
     * A key pair whose certificate is signed by an authority: an end of its validity counts, which it does not for a
     * certificate that is trusted itself.
     *
     * @param begin from when it is valid, such as {@code -10d} or {@code +2d}
     * @param days for how many days
     */
    static Certificates signed(Path directory, String names, String begin, int days) throws Exception {
        Path authorityFile = directory.resolve("authority.p12");
        Path leafFile = directory.resolve("leaf.p12");
        Path request = directory.resolve("request");
        Path signed = directory.resolve("signed");
        if (!Files.exists(request)) {
            pair(authorityFile, "-ext", "bc:c");
            pair(leafFile);
            keytool(leafFile, "-certreq", "-alias", "test", "-file", request.toString());
        }
        keytool(
                authorityFile,
                "-gencert",
                "-alias",
                "test",
                "-ext",
                "san=" + names,
                "-startdate",
                begin,
                "-validity",
                String.valueOf(days),
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString());
        Certificate authority = load(authorityFile).getCertificate("test");
        KeyStore leaf = load(leafFile);
        Certificate[] chain = {certificate(signed), authority};
        leaf.setKeyEntry("test", leaf.getKey("test", PASSWORD.toCharArray()), PASSWORD.toCharArray(), chain);
        return new Certificates(leaf, authority);
    }

    private static Certificate certificate(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static void pair(Path file, String... more) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("-genkeypair", "-alias", "test", "-keyalg", "EC", "-dname", "CN=" + file.getFileName()));
        command.addAll(List.of(more));
        keytool(file, command.toArray(String[]::new));
    }

    private static void keytool(Path store, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.add("-J-XX:TieredStopAtLevel=1"); // it runs for half a second
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes());
        if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new AssertionError("keytool failed: " + output);
        }
    }

    private static KeyStore load(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    /** A context that shows this certificate and trusts whoever signed it. */
    SSLContext context() throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("anchor", trusted);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** A context that trusts what the JDK trusts: not this certificate. */
    static SSLContext stranger() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        return context;
    }
}
