package dev.ferrule.container.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.connect.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestAnswerTest {
    private static final String RFC_CHALLENGE = "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\","
            + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
            + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\", algorithm=";

    private static DigestAnswer to(String challenge) {
        return DigestAnswer.to(Challenge.parse(List.of(challenge)).get(0));
    }

    /** The example of RFC 7616 §3.9.1. */
    @ParameterizedTest
    @CsvSource({
        "MD5,8ca523f5e9506fed4657c9700eebdbec",
        "SHA-256,753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    })
    void theExampleOfTheRfcIsReproduced(String algorithm, String response) {
        assertThat(to(RFC_CHALLENGE + algorithm)
                        .answer(
                                Credentials.of("Mufasa", "Circle of Life"),
                                "GET",
                                "/dir/index.html",
                                "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"))
                .contains("username=\"Mufasa\"")
                .contains("algorithm=" + algorithm)
                .contains("response=\"" + response + "\"")
                .contains("opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");
    }

    @Test
    void aNameThatIsNotAsciiIsExtended() {
        assertThat(to("Digest realm=r, nonce=n, qop=auth, charset=UTF-8")
                        .answer(Credentials.of("Jäsøn Doe", "p"), "GET", "/", "c"))
                .contains("username*=UTF-8''J%C3%A4s%C3%B8n%20Doe,");
    }

    @Test
    void aNameIsHashedWhenTheServerWantsThat() {
        assertThat(to("Digest realm=r, nonce=n, qop=auth, userhash=true")
                        .answer(Credentials.of("me", "p"), "GET", "/", "c"))
                .contains("userhash=true")
                .doesNotContain("\"me\"");
    }

    @Test
    void quotesInNamesAreEscaped() {
        assertThat(to("Digest realm=\"a\\\"b\\\\c\", nonce=n, qop=auth")
                        .answer(Credentials.of("m\"e", "p"), "GET", "/", "c"))
                .contains("realm=\"a\\\"b\\\\c\"")
                .contains("username=\"m\\\"e\"");
    }

    /** RFC 7616 §3.4: the number of requests that were sent with the nonce. */
    @Test
    void requestsWithTheSameNonceAreCounted() {
        DigestAnswer answer = to("Digest realm=r, nonce=n, qop=auth");
        Credentials credentials = Credentials.of("u", "p");
        assertThat(answer.answer(credentials, "GET", "/a", "c")).contains("nc=00000001,");
        assertThat(answer.answer(credentials, "GET", "/b", "c")).contains("nc=00000002,");
    }

    /** RFC 7616 §3.4.2: the secret of a session is that of its first request. */
    @Test
    void aSessionKeepsItsSecret() throws Exception {
        DigestAnswer answer = to("Digest realm=r, nonce=n, qop=auth, algorithm=MD5-sess");
        Credentials credentials = Credentials.of("u", "p");
        answer.answer(credentials, "GET", "/a", "first");
        String secret = md5(md5("u:r:p") + ":n:first");
        assertThat(answer.answer(credentials, "GET", "/b", "second"))
                .contains("response=\"" + md5(secret + ":n:00000002:second:auth:" + md5("GET:/b")) + "\"");
    }

    private static String md5(String text) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
