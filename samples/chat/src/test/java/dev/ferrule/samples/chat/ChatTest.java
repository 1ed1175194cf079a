package dev.ferrule.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chat as its guests see it, with the JDK's client. */
@Timeout(60)
class ChatTest {
    private static SeContainer cdi;
    private static URI page;

    @BeforeAll
    static void start() {
        cdi = Main.start(Main.settings("--port", "0"));
        page = Main.page(cdi);
    }

    @AfterAll
    static void stop() {
        cdi.close();
    }

    @Test
    void everybodyInARoomHearsWhatIsSaidAndWhoComesAndGoes() throws Exception {
        Guest ada = Guest.join(page, "tea & cake", "Ada");
        assertThat(names(ada.next("welcome"))).containsExactly("Ada");
        Guest bob = Guest.join(page, "tea & cake", "Bob");
        assertThat(names(bob.next("welcome"))).containsExactly("Ada", "Bob");
        assertThat(names(ada.next("joined"))).containsExactly("Ada", "Bob");
        bob.say("Grüße 👋 <b>all</b>");
        for (Guest guest : List.of(ada, bob)) {
            JsonObject said = guest.next("said");
            assertThat(said.getString("name")).isEqualTo("Bob");
            assertThat(said.getString("text")).isEqualTo("Grüße 👋 <b>all</b>");
        }
        bob.close();
        assertThat(names(ada.next("left"))).containsExactly("Ada");
        ada.close();
    }

    @Test
    void namesThatDifferInTheirLastCharacterOnlyAreNotTakenForOne() throws Exception {
        String longest = "a".repeat(29);
        try (Guest one = Guest.join(page, "names", longest + "\uD83D\uDE00")) {
            one.next("welcome");
            try (Guest other = Guest.join(page, "names", longest + "\uD83C\uDC00")) {
                assertThat(names(other.next("welcome"))).containsExactly(longest, longest + " 2");
            }
        }
    }

    @Test
    void aTextOfAMebibyteArrivesWhole() throws Exception {
        try (Guest ada = Guest.join(page, "long", "Ada");
                Guest bob = Guest.join(page, "long", "Bob")) {
            bob.next("welcome");
            String text = "é".repeat(1 << 19);
            ada.say(text);
            assertThat(bob.next("said").getString("text")).isEqualTo(text);
        }
    }

    @Test
    void aFragmentedTextArrivesWhole() throws Exception {
        try (Guest ada = Guest.join(page, "pieces", "Ada");
                Guest bob = Guest.join(page, "pieces", "Bob")) {
            bob.next("welcome");
            String text = "abcdefghij".repeat(10_000);
            ada.sayInFragments(text, 777);
            assertThat(bob.next("said").getString("text")).isEqualTo(text);
        }
    }

    @Test
    void roomsDoNotHearEachOther() throws Exception {
        try (Guest ada = Guest.join(page, "left", "Ada");
                Guest bob = Guest.join(page, "right", "Bob")) {
            ada.next("welcome");
            bob.next("welcome");
            ada.say("here");
            bob.say("there");
            assertThat(ada.next("said").getString("text")).isEqualTo("here");
            assertThat(bob.next("said").getString("text")).isEqualTo("there");
        }
    }

    @Test
    void aNewcomerReadsWhatWasSaidBefore() throws Exception {
        try (Guest ada = Guest.join(page, "history", "Ada")) {
            ada.next("welcome");
            ada.say("first");
            ada.next("said");
            try (Guest bob = Guest.join(page, "history", "Bob")) {
                JsonObject said = bob.next("welcome").getJsonArray("history").getJsonObject(0);
                assertThat(said.getString("text")).isEqualTo("first");
            }
        }
    }

    @Test
    void aNameThatIsTakenGetsANumber() throws Exception {
        try (Guest one = Guest.join(page, "twins", "Eve")) {
            assertThat(one.next("welcome").getString("name")).isEqualTo("Eve");
            try (Guest other = Guest.join(page, "twins", "Eve")) {
                assertThat(other.next("welcome").getString("name")).isEqualTo("Eve 2");
            }
        }
    }

    @Test
    void whoeverSendsNonsenseIsToldAndStays() throws Exception {
        try (Guest ada = Guest.join(page, "nonsense", "Ada")) {
            ada.next("welcome");
            ada.sendRaw("{\"text\":[");
            ada.next("refused");
            ada.say("x".repeat(Rooms.MAX_TEXT + 1));
            assertThat(ada.next("refused").getString("reason")).contains("1048576");
            ada.say("sense");
            ada.next("said");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "index.html", "chat.css", "chat.js", "icon.svg"})
    void thePageAndItsPartsAreServed(String path) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isNotEmpty().doesNotContainPattern("(src|href|url)[=(]\"?https?:");
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertThatThrownBy(() -> Main.settings("--loud")).hasMessageContaining("'--loud'");
        assertThatThrownBy(() -> Main.settings("--port")).hasMessageContaining("--port");
    }

    private static List<String> names(JsonObject event) {
        return event.getJsonArray("here").getValuesAs(JsonString::getString);
    }
}
