package dev.ferrule.tests.constraints;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;

/** A message with rules of its own. */
public record Order(@NotBlank String item, @Min(1) int amount) {}
