/**
 * For Arquillian: clients of what is deployed, as parameters of test methods. Found by Arquillian itself; the only package that
 * knows it.
 */
@NullMarked
package dev.ferrule.testkit.arquillian;

import org.jspecify.annotations.NullMarked;
