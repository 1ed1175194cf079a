package dev.ferrule.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.samples.browser.Browser;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.json.JsonString;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page, as a person uses it: in a real browser, with another client in the same room. */
@Timeout(120)
class ChatInABrowserTest {
    private static final String MESSAGES = "[...document.querySelectorAll('.said .words')].map(e => e.textContent)";

    private static Path program;

    @BeforeAll
    static void findBrowser() {
        Optional<Path> installed = Browser.installed();
        if (installed.isEmpty()) {
            String skipped = "SKIPPED: the chat's page was not tested in a browser, because none is installed"
                    + " (looked for chromium on the PATH; on Debian: apt-get install chromium)";
            System.err.println("\n*** " + skipped + "\n");
            Assumptions.abort(skipped);
        }
        program = installed.get();
    }

    @Test
    void aPersonJoinsTalksAndSurvivesARestartOfTheServer() throws Exception {
        SeContainer cdi = Main.start(Main.settings("--port", "0"));
        try (Browser browser = Browser.start(program)) {
            URI page = Main.page(cdi);
            browser.open(page);
            pictures(browser, "entry");
            join(browser, "Ada", "tea");

            Guest bob = Guest.join(page, "tea", "Bob");
            browser.awaitTrue("[...document.querySelectorAll('#people li')].map(e => e.lastChild.textContent).join()"
                    + " === 'Ada (you),Bob'");
            browser.awaitTrue(
                    "[...document.querySelectorAll('.notice')].some(e => e.textContent.startsWith('Bob joined'))");

            browser.type("Hello 👋 <img src=x onerror=alert(1)>");
            browser.enter();
            browser.awaitTrue(MESSAGES + ".includes('Hello 👋 <img src=x onerror=alert(1)>')");
            assertThat(browser.value("document.querySelectorAll('#log img').length")
                            .toString())
                    .isEqualTo("0");
            bob.next("welcome");
            assertThat(bob.next("said").getString("name")).isEqualTo("Ada");

            bob.say("Welcome, Ada");
            browser.awaitTrue(MESSAGES + ".includes('Welcome, Ada')");
            pictures(browser, "room");

            cdi.close();
            browser.awaitTrue("document.querySelector('#status').dataset.state === 'waiting'");
            assertThat(bob.end()).isEqualTo("closed 1001");
            cdi = Main.start(Main.settings("--port", String.valueOf(page.getPort())));
            browser.awaitTrue("document.querySelector('#status').dataset.state === 'open'");
            browser.type("Back again");
            browser.enter();
            browser.awaitTrue(MESSAGES + ".includes('Back again')");
        } finally {
            if (cdi.isRunning()) {
                cdi.close();
            }
        }
    }

    private static void join(Browser browser, String name, String room) {
        assertThat(((JsonString) browser.value("document.activeElement.id")).getString())
                .isEqualTo("name");
        browser.type(name);
        browser.value("document.querySelector('#room').select(), document.querySelector('#room').focus()");
        browser.type(room);
        browser.enter();
        browser.awaitTrue("document.querySelector('#status').dataset.state === 'open'");
        browser.awaitTrue("document.activeElement.id === 'text'");
    }

    /** With {@code -Dferrule.screenshots=FOLDER}: what it looks like, for a person to judge. */
    private static void pictures(Browser browser, String what) throws Exception {
        String folder = System.getProperty("ferrule.screenshots");
        if (folder != null) {
            Path made = Files.createDirectories(Path.of(folder));
            browser.screenshot(made.resolve(what + "-light.png"), 1100, 720, false);
            browser.screenshot(made.resolve(what + "-dark.png"), 1100, 720, true);
            browser.screenshot(made.resolve(what + "-phone.png"), 390, 780, true);
        }
    }
}
