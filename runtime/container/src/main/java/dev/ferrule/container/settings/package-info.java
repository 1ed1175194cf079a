/**
 * Every setting with its key, default, unit and reason, and where values come from. Knows nothing of what the settings
 * govern.
 */
@NullMarked
package dev.ferrule.container.settings;

import org.jspecify.annotations.NullMarked;
