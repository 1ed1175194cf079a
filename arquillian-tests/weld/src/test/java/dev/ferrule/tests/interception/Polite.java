package dev.ferrule.tests.interception;

import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.inject.Inject;

/** Stands around the callback. */
@Decorator
@Priority(1)
public class Polite implements Talk {
    @Inject
    @Delegate
    Talk talk;

    @Override
    public String say(String text) {
        return talk.say(text + ", please") + ", thank you";
    }
}
