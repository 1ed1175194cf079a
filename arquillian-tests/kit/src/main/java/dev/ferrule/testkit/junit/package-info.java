/** For JUnit 5: a server and its clients for each test. Needs nothing but JUnit; must not know CDI or Arquillian. */
@NullMarked
package dev.ferrule.testkit.junit;

import org.jspecify.annotations.NullMarked;
