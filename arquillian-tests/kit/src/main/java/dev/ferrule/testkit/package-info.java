/**
 * What tests of endpoints need: clients that wait for what should come, and never sleep. Must not know a test framework, CDI or
 * a transport.
 */
@NullMarked
package dev.ferrule.testkit;

import org.jspecify.annotations.NullMarked;
