/**
 * The immutable model of an endpoint class: its callbacks, what they take and return, and every rule that deployment checks.
 * Knows neither sessions nor transports; coders only through a question.
 */
@NullMarked
package dev.ferrule.container.endpoint;

import org.jspecify.annotations.NullMarked;
