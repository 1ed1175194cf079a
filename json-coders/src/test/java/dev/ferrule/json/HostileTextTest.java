package dev.ferrule.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.json.JsonValue;
import jakarta.websocket.DecodeException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that were made to hurt: each costs one exception, soon, and little memory. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileTextTest {
    public static class Post {
        public String text;
        public BigInteger count;
        public BigDecimal price;
        public List<Object> anything;
        public JsonValue json;
        public Post reply;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"unknown\":[",
                "{\"unknown\":{",
                "{\"unknown\":[1,2",
                "{\"unknown\":[}}",
                "{\"unknown\":{]}",
                "{\"unknown\":[\"a]}",
                "{\"unknown\":[\"a\\\"]}",
                "{\"anything\":[",
                "{\"json\":{\"a\":",
                "[",
                "\"",
                "\"\\",
                "\"\\u00",
                "",
                "   ",
                "}",
                "]",
                ",",
                "nul",
                "-",
                "{}{}",
                "{} x",
                "{},",
                "1",
                "\"text\"",
                "{\"text\":{}}",
                "{\"count\":1.5}",
                "{\"count\":true}",
                "{\"reply\":1}",
                "{\"text\":\"\\ud800\\q\"}",
                "{'text':1}",
                "{\"text\":\"a\nb\"}",
                "{\"text\":\"a\u0000b\"}",
                "\ufeff{}x",
                "<html>"
            })
    void aTextThatIsNoPostIsRefused(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "anything", "json", "reply", "text"})
    void nestingIsRefusedBeforeItIsParsed(String property) {
        String start = "{\"" + property + "\":";
        int levels = 100_000;
        assertRefused(start + "[".repeat(levels), "nested deeper than 256");
        assertRefused(start + "[".repeat(levels) + "]".repeat(levels) + "}", "nested deeper than 256");
        assertRefused(start + "{\"reply\":".repeat(levels) + "1" + "}".repeat(levels) + "}", "nested deeper than 256");
    }

    @Test
    void theDeepestTextThatIsReadFitsIntoASmallStack() throws Exception {
        int inner = JsonText.MAX_DEPTH - 1;
        CompletableFuture<Object> made = new CompletableFuture<>();
        Thread small = new Thread(
                null,
                () -> {
                    try {
                        decode("{\"anything\":" + "[".repeat(inner) + "]".repeat(inner) + "}");
                        made.complete(decode("{\"reply\":".repeat(inner) + "{}" + "}".repeat(inner)));
                    } catch (Throwable failure) {
                        made.completeExceptionally(failure);
                    }
                },
                "small stack",
                512 << 10);
        small.start();
        assertThat(made.get(10, TimeUnit.SECONDS)).isInstanceOf(Post.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"count", "price", "anything", "json", "unknown"})
    void numbersThatNobodyCanComputeWithAreRefused(String property) {
        String start = "{\"" + property + "\":";
        assertRefused(start + "1e999999999}", "exponent");
        assertRefused(start + "[-1.5E+0012345]}", "exponent");
        assertRefused(start + "9".repeat(1_000_000) + "}", "digits");
        assertRefused(start + "\"" + "9".repeat(1_000_000) + "\"}", "digits");
        assertRefused(start + "\"" + "\\u0039".repeat(100_000) + "\"}", "digits");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'text':'a','text':'b'}",
                "{'text':'a','count':1,'reply':{},'text':'b'}",
                "{'unknown':{'a':1,'b':[{}],'a':2}}",
                "{'anything':[{'a':1},{'b':1,'b':1}]}",
                "{'json':{'x':{'':1,'':2}}}",
                "{'text':'a','t\\u0065xt':'b'}",
                "{'t\\u0065xt':'a','text':'b'}",
                "{'json':{'\\u0061\\n\\\"':1,'a\\u000A\\u0022':2}}",
                "{'reply' : {} , 'text' : 1,\n 'reply' :\t{}}"
            })
    void aNameThatOccursTwiceInAnObjectIsRefused(String text) {
        assertRefused(text.replace('\'', '"'), "twice");
    }

    @Test
    void aNameThatOccursTwiceAmongManyIsRefused() {
        String many =
                IntStream.range(0, 100_000).mapToObj(i -> "\"n" + i + "\":1").collect(Collectors.joining(","));
        assertRefused("{\"unknown\":{" + many + ",\"n77\":2}}", "twice");
    }

    @Test
    void namesWhoseHashesAreEqualCostNoMoreThanOthers() throws Exception {
        // "Aa" and "BB" have one hash, and so have all names that are made of them.
        List<String> names = List.of("");
        for (int length = 0; length < 15; length++) {
            names = names.stream()
                    .flatMap(name -> Stream.of(name + "Aa", name + "BB"))
                    .toList();
        }
        String text = names.stream().map(name -> "\"" + name + "\":1").collect(Collectors.joining(",", "{", "}"));
        assertThat(decode(text)).isInstanceOf(Post.class);
        assertRefused(text.replace("}", ",\"" + names.get(0) + "\":2}"), "twice");
    }

    @Test
    void aNameMayOccurInEachOfManyObjects() throws Exception {
        assertThat(decode("{\"text\":\"text\",\"reply\":{\"text\":\"a\",\"reply\":{\"text\":\"b\"}},\"anything\":["
                        + "{\"text\":1,\"textual\":2},".repeat(10_000) + "\"text\"]}"))
                .isInstanceOf(Post.class);
    }

    @Test
    void whatIsRefusedAllocatesNoMoreThanAFewTimesItsLength() {
        String deep = "{\"anything\":" + "[".repeat(1 << 20);
        String digits = "{\"count\":" + "9".repeat(1 << 20) + "}";
        String bombs = "{\"anything\":[" + "1e999999999,".repeat(50_000) + "0]}";
        for (String text : List.of(deep, digits, bombs)) {
            assertRefused(text);
            long before = allocated();
            assertRefused(text);
            assertThat(allocated() - before).isLessThan(256 << 10);
        }
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void anExcerptForgesNoLines() {
        DecodeException refused = catchThrowableOfType(
                DecodeException.class, () -> decode("{\"count\":\"1\\n2026 SEVERE all is lost\\u001b[31m\"}"));
        assertThat(refused.getMessage()).doesNotContain("\n", "\u001b");
    }

    @Test
    void ordinaryNumbersAndLongTextsPass() throws Exception {
        Post post = (Post) decode("{\"price\":-1.25e-300,\"count\":" + "9".repeat(1000) + ",\"text\":\""
                + "0123456789 ".repeat(90_000) + "\",\"anything\":[1e10,{\"a\":[]}]} \n");
        assertThat(post.price).isEqualByComparingTo("-1.25e-300");
        assertThat(post.text).hasSize(990_000);
    }

    @Test
    void theExceptionCarriesNoMoreThanAnExcerpt() {
        String text = "{\"count\":\"" + "many ".repeat(100_000) + "\"}";
        DecodeException refused = catchThrowableOfType(DecodeException.class, () -> decode(text));
        assertThat(refused.getMessage()).hasSizeLessThan(2000).contains("count");
        assertThat(refused.getText()).hasSizeLessThan(300);
        for (Throwable link = refused; link != null; link = link.getCause()) {
            assertThat(link.getMessage()).hasSizeLessThan(2000);
        }
    }

    @Test
    void randomDamageNeverBecomesAnythingButADecodeException() {
        String sound =
                "{\"text\":\"a\\u0041\",\"count\":12,\"anything\":[1,true,null,{\"k\":[\"v\"]}],\"reply\":{\"json\":{}}}";
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(sound);
            for (int damage = random.nextInt(4); damage >= 0; damage--) {
                int at = random.nextInt(Math.max(1, text.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.delete(at, at + 1);
                    case 1 ->
                        text.insert(Math.min(at, text.length()), "{}[]\",:\\0e-\ud83d ".charAt(random.nextInt(13)));
                    default -> text.setLength(at);
                }
            }
            try {
                assertThat(decode(text.toString())).isInstanceOf(Post.class);
            } catch (DecodeException expected) {
                assertThat(expected).hasMessageContaining("Post");
            } catch (Throwable other) {
                throw new AssertionError("seed " + seed + ", text " + text, other);
            }
        }
    }

    private static Object decode(String text) throws DecodeException {
        return JsonCoderProviderTest.decode(Post.class, text);
    }

    private static void assertRefused(String text, String... parts) {
        DecodeException refused = catchThrowableOfType(DecodeException.class, () -> decode(text));
        assertThat(refused).as("what decoding %.80s throws", text).isNotNull();
        assertThat(refused.getMessage()).contains("Post").contains(parts.length == 0 ? List.of("") : List.of(parts));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "e", "+-.,_eE", "1234-", "\\u00e9"})
    void aLongTextWithFewDigitsIsNoNumber(String piece) throws Exception {
        String text = piece.repeat(5_000 / piece.length());
        assertThat(((Post) decode("{\"text\":\"" + text + "\"}")).text).isEqualTo(text.replace("\\u00e9", "é"));
    }

    @Test
    void digitsThatAreEscapedCountAsDigits() {
        String digits = "\\u0031".repeat(JsonText.MAX_DIGITS + 1);
        assertThat(JsonText.problemOf("{\"count\":\"" + digits + "\"}")).contains("digits");
        assertThat(JsonText.problemOf("{\"count\":\"" + digits.substring(6) + "\"}"))
                .isNull();
    }
}
