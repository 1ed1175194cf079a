package dev.ferrule.samples.ticker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.samples.browser.Browser;
import jakarta.enterprise.inject.se.SeContainer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page in a real browser: prices move, orders are filled, and a restart of the server is survived. */
@Timeout(120)
class TickerInABrowserTest {
    private static final String TEA = "document.querySelector('[data-symbol=TEA]')";

    private static Path program;

    @BeforeAll
    static void findBrowser() {
        Assumptions.assumeTrue(
                Browser.installed().isPresent(),
                "SKIPPED: the ticker's page was not tested in a browser, because none is installed");
        program = Browser.installed().orElseThrow();
    }

    @Test
    void pricesAreDrawnAndOrdersFilled() throws Exception {
        SeContainer cdi = Main.start("--port", "0");
        try (Browser browser = Browser.start(program)) {
            URI page = Main.page(cdi);
            browser.open(page);
            browser.awaitTrue("document.querySelectorAll('.stock').length === 6");
            browser.awaitTrue(TEA + ".querySelector('.line').getAttribute('points').split(' ').length === 120");
            browser.value("window.before = " + TEA + ".querySelector('.line').getAttribute('points')");
            browser.awaitTrue(TEA + ".querySelector('.line').getAttribute('points') !== window.before");

            browser.value(TEA + ".querySelector('.buy').click()");
            browser.awaitTrue(TEA + ".querySelector('.held').textContent === 'You have 10'");
            browser.awaitTrue("document.querySelector('#news').textContent.startsWith('Bought 10 TEA at ')");
            pictures(browser, "market");
            browser.value(TEA + ".querySelector('.sell').click(), " + TEA + ".querySelector('.sell').click()");
            browser.awaitTrue("document.querySelector('#news').classList.contains('problem')");
            assertThat(browser.value("document.querySelectorAll('.stock').length")
                            .toString())
                    .isEqualTo("6");

            cdi.close();
            browser.awaitTrue("document.querySelector('#status').dataset.state === 'waiting'");
            cdi = Main.start("--port", String.valueOf(page.getPort()));
            browser.awaitTrue("document.querySelector('#status').dataset.state === 'open'");
        } finally {
            if (cdi.isRunning()) {
                cdi.close();
            }
        }
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
