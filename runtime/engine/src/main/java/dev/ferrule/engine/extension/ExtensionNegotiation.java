package dev.ferrule.engine.extension;

import dev.ferrule.engine.api.HandshakeFailure;
import dev.ferrule.engine.extension.FrameExtension.Agreement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of the installed extensions a connection uses (RFC 6455 §9.1): each at most once, no two with the same reserved
 * bit, in the order of the server's answer. Functions without state.
 */
public final class ExtensionNegotiation {
    private ExtensionNegotiation() {}

    /** What a client offers: of every extension all that it wants, in the order of installation. */
    public static List<ExtensionOffer> offers(List<FrameExtension> installed) {
        List<ExtensionOffer> offers = new ArrayList<>();
        installed.forEach(extension -> offers.addAll(extension.offers()));
        return offers;
    }

    /** What a server answers: the offers it can accept, in the client's order of preference. */
    public static List<Agreement> answer(List<FrameExtension> installed, List<ExtensionOffer> offers) {
        List<Agreement> agreements = new ArrayList<>();
        List<FrameExtension> free = new ArrayList<>(installed);
        for (ExtensionOffer offer : offers) {
            FrameExtension extension = named(free, offer.name());
            Agreement agreement = extension == null ? null : extension.acceptOffer(offer);
            if (extension != null && agreement != null) {
                agreements.add(agreement);
                retire(extension, free);
            }
        }
        return agreements;
    }

    /**
     * What a client makes of the server's answers.
     *
     * @param offers what it has offered
     * @throws HandshakeFailure when one does not follow from an offer, or two cannot work together
     */
    public static List<Agreement> confirm(
            List<FrameExtension> installed, List<ExtensionOffer> offers, List<ExtensionOffer> answers)
            throws HandshakeFailure {
        List<Agreement> agreements = new ArrayList<>();
        List<FrameExtension> free = new ArrayList<>(installed);
        for (ExtensionOffer answer : answers) {
            FrameExtension extension = named(free, answer.name());
            if (extension == null) {
                throw new HandshakeFailure("The server answered with the extension " + answer.name()
                        + ", which was not offered or cannot be used beside another of its answers");
            }
            List<ExtensionOffer> own = offers.stream()
                    .filter(offer -> offer.name().equals(extension.name()))
                    .toList();
            agreements.add(extension.acceptResponse(answer, own));
            retire(extension, free);
        }
        return agreements;
    }

    private static @Nullable FrameExtension named(List<FrameExtension> extensions, String name) {
        for (FrameExtension extension : extensions) {
            if (extension.name().equals(name)) {
                return extension;
            }
        }
        return null;
    }

    /** Takes out what is in use now, and what wants one of its reserved bits. */
    private static void retire(FrameExtension used, List<FrameExtension> free) {
        free.removeIf(extension -> extension == used || (extension.rsvBits() & used.rsvBits()) != 0);
    }
}
