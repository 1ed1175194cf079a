package dev.ferrule.container.session;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.Extension;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sessions with equal facts share them, so that none may be taken for another's. */
class SessionFactsTest {
    private static final Principal ALICE = () -> "alice";

    private static final Extension DEFLATE = new Extension() {
        @Override
        public String getName() {
            return "permessage-deflate";
        }

        @Override
        public List<Parameter> getParameters() {
            return List.of();
        }
    };

    private static SessionFacts facts() {
        return new SessionFacts("example.org", "/chat", Map.of(), Map.of(), null, false, "", List.of());
    }

    /** Each differs from {@link #facts} in one component, in their order. */
    private static final List<SessionFacts> OTHERS = List.of(
            new SessionFacts("example.com", "/chat", Map.of(), Map.of(), null, false, "", List.of()),
            new SessionFacts("example.org", "/news", Map.of(), Map.of(), null, false, "", List.of()),
            new SessionFacts("example.org", "/chat", Map.of("a", List.of("b")), Map.of(), null, false, "", List.of()),
            new SessionFacts("example.org", "/chat", Map.of(), Map.of("room", "1"), null, false, "", List.of()),
            new SessionFacts("example.org", "/chat", Map.of(), Map.of(), ALICE, false, "", List.of()),
            new SessionFacts("example.org", "/chat", Map.of(), Map.of(), null, true, "", List.of()),
            new SessionFacts("example.org", "/chat", Map.of(), Map.of(), null, false, "json", List.of()),
            new SessionFacts("example.org", "/chat", Map.of(), Map.of(), null, false, "", List.of(DEFLATE)));

    @Test
    void thoseThatAgreeInAllAreEqual() {
        assertThat(facts()).isEqualTo(facts()).hasSameHashCodeAs(facts());
    }

    @Test
    void thoseThatDifferInAnyComponentAreNot() {
        assertThat(OTHERS).hasSameSizeAs(SessionFacts.class.getRecordComponents());
        assertThat(OTHERS).doesNotContain(facts()).doesNotHaveDuplicates();
    }
}
