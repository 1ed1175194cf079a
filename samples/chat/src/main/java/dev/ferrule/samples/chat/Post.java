package dev.ferrule.samples.chat;

import org.jspecify.annotations.Nullable;

/**
 * What the page sends: {@code {"text":"Hello"}}.
 *
 * @param text what somebody says; null when the message has none
 */
public record Post(@Nullable String text) {}
