/**
 * What a close frame says (RFC 6455 §5.5.1, §7.4): codes and payloads. Knows nothing of when it is sent.
 */
@NullMarked
package dev.ferrule.engine.close;

import org.jspecify.annotations.NullMarked;
