package dev.ferrule.tests.interception;

/** What decorators can decorate: an interface that declares the callback. */
public interface Talk {
    String say(String text);
}
