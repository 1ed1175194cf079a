/**
 * Event loops whose thread may change: callbacks that may block run on the thread that polls, and another thread goes on
 * polling when they do. Knows neither connections nor bytes.
 */
@NullMarked
package dev.ferrule.transport.netty.loop;

import org.jspecify.annotations.NullMarked;
