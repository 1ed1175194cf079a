package dev.ferrule.container.application;

/** What the application talks about. */
public record Word(String text) {}
