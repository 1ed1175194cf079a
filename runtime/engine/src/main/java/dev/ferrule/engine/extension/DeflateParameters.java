package dev.ferrule.engine.extension;

import dev.ferrule.engine.extension.ExtensionOffer.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one offer or answer of permessage-deflate (RFC 7692 §7.1).
 *
 * @param serverBits 8 to 15, or {@link #ABSENT}
 * @param clientBits 8 to 15, {@link #ABSENT}, or {@link #BARE}: the parameter without a value, in offers only
 */
record DeflateParameters(boolean serverNoTakeover, boolean clientNoTakeover, int serverBits, int clientBits) {
    static final int MIN_WINDOW_BITS = 8;
    static final int MAX_WINDOW_BITS = 15;
    static final int ABSENT = 0;
    static final int BARE = -1;

    private static final String SERVER_NO_TAKEOVER = "server_no_context_takeover";
    private static final String CLIENT_NO_TAKEOVER = "client_no_context_takeover";
    private static final String SERVER_BITS = "server_max_window_bits";
    private static final String CLIENT_BITS = "client_max_window_bits";
    /** What {@link #bits} makes of a value that is none of 8 to 15. */
    private static final int WRONG = -2;

    /**
     * Reads the parameters of an offer.
     *
     * @return null when one is unknown, repeated or has a value that it may not have: such an offer is declined
     *     (RFC 7692 §7.1)
     */
    static @Nullable DeflateParameters ofOffer(ExtensionOffer offer) {
        return of(offer, BARE);
    }

    /** As {@link #ofOffer}, for an answer: there {@code client_max_window_bits} has a value. */
    static @Nullable DeflateParameters ofResponse(ExtensionOffer response) {
        return of(response, WRONG);
    }

    private static @Nullable DeflateParameters of(ExtensionOffer element, int bareClientBits) {
        Set<String> seen = new HashSet<>();
        int serverBits = ABSENT;
        int clientBits = ABSENT;
        for (Parameter parameter : element.parameters()) {
            String value = parameter.value();
            boolean right = seen.add(parameter.name());
            switch (parameter.name()) {
                case SERVER_NO_TAKEOVER, CLIENT_NO_TAKEOVER -> right &= value == null;
                case SERVER_BITS -> serverBits = bits(value, WRONG);
                case CLIENT_BITS -> clientBits = bits(value, bareClientBits);
                default -> right = false;
            }
            if (!right || serverBits == WRONG || clientBits == WRONG) {
                return null;
            }
        }
        return new DeflateParameters(
                seen.contains(SERVER_NO_TAKEOVER), seen.contains(CLIENT_NO_TAKEOVER), serverBits, clientBits);
    }

    /** RFC 7692 §7.1.2: a decimal number from 8 to 15, without leading zeros. */
    private static int bits(@Nullable String value, int bare) {
        if (value == null) {
            return bare;
        }
        for (int bits = MIN_WINDOW_BITS; bits <= MAX_WINDOW_BITS; bits++) {
            if (value.equals(Integer.toString(bits))) {
                return bits;
            }
        }
        return WRONG;
    }

    /** What a server answers to this offer, its own wishes regarded (RFC 7692 §7.1.1, §7.1.2). */
    DeflateParameters answer(DeflateSettings settings) {
        int server = Math.min(settings.serverMaxWindowBits(), serverBits == ABSENT ? MAX_WINDOW_BITS : serverBits);
        // A client that has not said it understands client_max_window_bits must not get it.
        int wanted = Math.min(settings.clientMaxWindowBits(), clientBits > 0 ? clientBits : MAX_WINDOW_BITS);
        return new DeflateParameters(
                serverNoTakeover || !settings.serverContextTakeover(),
                clientNoTakeover || !settings.clientContextTakeover(),
                serverBits == ABSENT && server == MAX_WINDOW_BITS ? ABSENT : server,
                clientBits == ABSENT || wanted == MAX_WINDOW_BITS ? ABSENT : wanted);
    }

    /** Whether an answer gives what this offer demands, and demands nothing that it did not allow. */
    boolean allows(DeflateParameters answer) {
        boolean takeover = !serverNoTakeover || answer.serverNoTakeover;
        boolean server = serverBits == ABSENT || answer.serverBits != ABSENT && answer.serverBits <= serverBits;
        boolean client = answer.clientBits == ABSENT
                || clientBits == BARE
                || clientBits != ABSENT && answer.clientBits <= clientBits;
        return takeover && server && client;
    }

    /** The window of the server's side once this is agreed. */
    int agreedServerBits() {
        return serverBits == ABSENT ? MAX_WINDOW_BITS : serverBits;
    }

    /** The window of the client's side once this is agreed. */
    int agreedClientBits() {
        return clientBits == ABSENT ? MAX_WINDOW_BITS : clientBits;
    }

    /** The window that a client with this offer keeps to. */
    int promisedClientBits() {
        return clientBits > 0 ? clientBits : MAX_WINDOW_BITS;
    }

    /** The element that says this. */
    ExtensionOffer print() {
        List<Parameter> parameters = new ArrayList<>();
        if (serverNoTakeover) {
            parameters.add(new Parameter(SERVER_NO_TAKEOVER, null));
        }
        if (clientNoTakeover) {
            parameters.add(new Parameter(CLIENT_NO_TAKEOVER, null));
        }
        if (serverBits != ABSENT) {
            parameters.add(new Parameter(SERVER_BITS, Integer.toString(serverBits)));
        }
        if (clientBits != ABSENT) {
            parameters.add(new Parameter(CLIENT_BITS, clientBits == BARE ? null : Integer.toString(clientBits)));
        }
        return new ExtensionOffer(PerMessageDeflate.NAME, parameters);
    }
}
