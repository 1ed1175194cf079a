/** Endpoint paths: level-1 URI templates and how a request's path finds one. Knows only texts. */
@NullMarked
package dev.ferrule.container.path;

import org.jspecify.annotations.NullMarked;
