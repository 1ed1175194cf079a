package dev.ferrule.tests.discovery;

/** An endpoint's subclass without an annotation of its own: no endpoint. */
public class Derived extends Unfit {}
