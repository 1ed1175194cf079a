package dev.ferrule.tests.connection;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Lives longer than any connection, and sees the draft of the one that asks. */
@ApplicationScoped
public class Library {
    @Inject
    Draft draft;

    int draftId() {
        return draft.id();
    }
}
