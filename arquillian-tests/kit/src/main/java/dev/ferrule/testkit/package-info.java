/**
 * What tests of endpoints need: a client that waits for what should come, and never sleeps. Must not know a test framework, CDI
 * or a transport.
 */
@NullMarked
package dev.ferrule.testkit;

import org.jspecify.annotations.NullMarked;
