package dev.ferrule.engine.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferrule.engine.api.HandshakeFailure;
import dev.ferrule.engine.extension.FrameExtension.Agreement;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** V11: what is offered and what is answered (RFC 7692 §5, §7.1), as tables. */
class DeflateNegotiationTest {
    private static final DeflateSettings FRUGAL = new DeflateSettings(6, 0, false, false, 12, 10);

    private static String answer(DeflateSettings settings, String offers) throws HeaderSyntaxException {
        List<Agreement> agreements = ExtensionNegotiation.answer(
                List.of(new PerMessageDeflate(settings)), ExtensionOffer.parse(List.of(offers)));
        return agreements.isEmpty()
                ? "declined"
                : ExtensionOffer.print(
                                agreements.stream().map(Agreement::response).toList())
                        .replace("permessage-deflate", "pmd");
    }

    @Tag("obligation-16.6")
    @ParameterizedTest(name = "{0} is answered {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "pmd | pmd",
                "pmd; server_no_context_takeover | pmd; server_no_context_takeover",
                "pmd; client_no_context_takeover | pmd; client_no_context_takeover",
                "pmd; server_no_context_takeover; client_no_context_takeover"
                        + " | pmd; server_no_context_takeover; client_no_context_takeover",
                "pmd; server_no_context_takeover=1 | declined",
                "pmd; client_no_context_takeover=\"x\" | declined",
                "pmd; server_no_context_takeover; server_no_context_takeover | declined",
                "pmd; client_no_context_takeover; client_no_context_takeover | declined",
                "pmd; client_max_window_bits | pmd",
                "pmd; client_max_window_bits=15 | pmd",
                "pmd; client_max_window_bits=8 | pmd; client_max_window_bits=8",
                "pmd; client_max_window_bits=\"9\" | pmd; client_max_window_bits=9",
                "pmd; client_max_window_bits=7 | declined",
                "pmd; client_max_window_bits=16 | declined",
                "pmd; client_max_window_bits=0 | declined",
                "pmd; client_max_window_bits=09 | declined",
                "pmd; client_max_window_bits=-1 | declined",
                "pmd; client_max_window_bits=1000000000 | declined",
                "pmd; client_max_window_bits=99999999999999999999 | declined",
                "pmd; client_max_window_bits=15x | declined",
                "pmd; client_max_window_bits; client_max_window_bits=9 | declined",
                "pmd; server_max_window_bits=8 | pmd; server_max_window_bits=8",
                "pmd; server_max_window_bits=15 | pmd; server_max_window_bits=15",
                "pmd; server_max_window_bits=\"10\" | pmd; server_max_window_bits=10",
                "pmd; server_max_window_bits | declined",
                "pmd; server_max_window_bits=7 | declined",
                "pmd; server_max_window_bits=16 | declined",
                "pmd; server_max_window_bits=0 | declined",
                "pmd; server_max_window_bits=08 | declined",
                "pmd; server_max_window_bits=-1 | declined",
                "pmd; server_max_window_bits=1000000000 | declined",
                "pmd; server_max_window_bits=15x | declined",
                "pmd; server_max_window_bits=9; server_max_window_bits=9 | declined",
                "pmd; unheard_of | declined",
                "pmd; Server_no_context_takeover | declined",
                "PMD | declined",
                "x-webkit-deflate-frame | declined",
                "pmd; server_max_window_bits=7, pmd | pmd",
                "pmd; unheard_of, pmd; server_max_window_bits=9, pmd | pmd; server_max_window_bits=9",
                "other, pmd; client_max_window_bits | pmd",
                "pmd, pmd; server_no_context_takeover | pmd",
            })
    void aServerAnswersWhatTheRfcSays(String offer, String expected) throws Exception {
        assertThat(answer(DeflateSettings.DEFAULT, offer.replace("pmd", "permessage-deflate")))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} is answered {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | server_max_window_bits=12",
                "; client_max_window_bits | server_max_window_bits=12; client_max_window_bits=10",
                "; client_max_window_bits=15 | server_max_window_bits=12; client_max_window_bits=10",
                "; client_max_window_bits=9 | server_max_window_bits=12; client_max_window_bits=9",
                "; server_max_window_bits=15 | server_max_window_bits=12",
                "; server_max_window_bits=9 | server_max_window_bits=9",
            })
    void aServerWithWishesTellsThemWhereItMay(String offer, String expected) throws Exception {
        assertThat(answer(FRUGAL, "permessage-deflate" + offer))
                .isEqualTo("pmd; server_no_context_takeover; client_no_context_takeover; " + expected);
    }

    @Test
    void aClientOffersThatItsWindowMayBeLimited() {
        assertThat(ExtensionOffer.print(new PerMessageDeflate(DeflateSettings.DEFAULT).offers()))
                .isEqualTo("permessage-deflate; client_max_window_bits");
        assertThat(ExtensionOffer.print(new PerMessageDeflate(FRUGAL).offers()))
                .isEqualTo("permessage-deflate; server_no_context_takeover; client_no_context_takeover;"
                        + " server_max_window_bits=12; client_max_window_bits=10");
    }

    private static void confirm(String offers, String answer) throws Exception {
        new PerMessageDeflate(DeflateSettings.DEFAULT)
                .acceptResponse(
                        ExtensionOffer.parse(List.of("permessage-deflate" + answer))
                                .get(0),
                        ExtensionOffer.parse(List.of(offers.replace("pmd", "permessage-deflate"))));
    }

    @ParameterizedTest(name = "{0} may be answered {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "pmd | ''",
                "pmd | ; server_no_context_takeover",
                "pmd | ; client_no_context_takeover",
                "pmd | ; server_max_window_bits=8",
                "pmd; client_max_window_bits | ; client_max_window_bits=8",
                "pmd; client_max_window_bits=10 | ; client_max_window_bits=10",
                "pmd; client_max_window_bits=10 | ; client_max_window_bits=9",
                "pmd; client_max_window_bits=10 | ''",
                "pmd; server_max_window_bits=10 | ; server_max_window_bits=\"10\"",
                "pmd; server_max_window_bits=10 | ; server_max_window_bits=8",
                "pmd; server_no_context_takeover | ; server_no_context_takeover",
                "pmd; server_max_window_bits=8, pmd; client_max_window_bits | ; client_max_window_bits=9",
            })
    void aClientTakesAnAnswerThatFollowsFromAnOffer(String offers, String answer) throws Exception {
        confirm(offers, answer);
    }

    @Tag("obligation-12.9")
    @Tag("obligation-16.6")
    @ParameterizedTest(name = "{0} may not be answered {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "pmd | ; client_max_window_bits=9",
                "pmd; client_max_window_bits | ; client_max_window_bits",
                "pmd; client_max_window_bits=9 | ; client_max_window_bits=10",
                "pmd | ; server_max_window_bits",
                "pmd | ; server_max_window_bits=7",
                "pmd | ; server_max_window_bits=16",
                "pmd; server_max_window_bits=9 | ''",
                "pmd; server_max_window_bits=9 | ; server_max_window_bits=10",
                "pmd; server_no_context_takeover | ''",
                "pmd | ; server_no_context_takeover=1",
                "pmd | ; server_no_context_takeover; server_no_context_takeover",
                "pmd | ; unheard_of",
                "pmd; client_max_window_bits, pmd; server_max_window_bits=8"
                        + " | ; client_max_window_bits=9; server_max_window_bits=7",
                "other | ''",
                "pmd; broken | ''",
            })
    void aClientFailsAtAnAnswerThatDoesNot(String offers, String answer) {
        assertThatThrownBy(() -> confirm(offers, answer)).isInstanceOf(HandshakeFailure.class);
    }

    @Test
    void anAnswerOrOfferOfAnotherNameIsNotOurs() throws Exception {
        PerMessageDeflate deflate = new PerMessageDeflate(DeflateSettings.DEFAULT);
        ExtensionOffer other = ExtensionOffer.parse(List.of("other")).get(0);
        assertThat(deflate.acceptOffer(other)).isNull();
        assertThatThrownBy(() -> deflate.acceptResponse(other, List.of(other))).isInstanceOf(HandshakeFailure.class);
        assertThat(deflate.name()).isEqualTo("permessage-deflate");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 15, 15",
        "10, 0, 15, 15",
        "6, -1, 15, 15",
        "6, 0, 7, 15",
        "6, 0, 16, 15",
        "6, 0, 15, 7",
        "6, 0, 15, 16"
    })
    void settingsOutOfRangeAreRefused(int level, int threshold, int serverBits, int clientBits) {
        assertThatThrownBy(() -> new DeflateSettings(level, threshold, true, true, serverBits, clientBits))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"permessage-deflate", "permessage-deflate, permessage-deflate"})
    void whatWasAgreedIsConfirmedOnce(String answers) throws Exception {
        List<FrameExtension> installed = List.of(new PerMessageDeflate(DeflateSettings.DEFAULT));
        List<ExtensionOffer> parsed = ExtensionOffer.parse(List.of(answers));
        if (parsed.size() == 1) {
            assertThat(ExtensionNegotiation.confirm(installed, parsed, parsed)).hasSize(1);
            assertThat(ExtensionNegotiation.offers(installed)).hasSize(1);
        } else {
            assertThatThrownBy(() -> ExtensionNegotiation.confirm(installed, parsed, parsed))
                    .isInstanceOf(HandshakeFailure.class);
        }
    }
}
