package dev.ferrule.tests.connection;

/** A message, and which drafts its decoder and its encoder saw. */
public record Line(String text, int decodedWith) {}
