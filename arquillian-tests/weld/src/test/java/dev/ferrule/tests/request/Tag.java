package dev.ferrule.tests.request;

/** A message that remembers the request in which it was decoded. */
public record Tag(String text, String decodedIn) {}
