/**
 * Application objects from beans: which bean a class is, how long its instances live, and whether its callbacks can be reached
 * through proxies. Must not know how classes were discovered, nor the server.
 */
@NullMarked
package dev.ferrule.cdi.instance;

import org.jspecify.annotations.NullMarked;
