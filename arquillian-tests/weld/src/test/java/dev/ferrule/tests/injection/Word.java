package dev.ferrule.tests.injection;

/** A message of the application's own. */
public record Word(String text) {}
