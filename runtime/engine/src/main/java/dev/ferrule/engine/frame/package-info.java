/**
 * Frames (RFC 6455 §5): reading them byte by byte, writing their headers, masking. Knows nothing of messages: which frame
 * may follow which is for the subclass of the reader to say.
 */
@NullMarked
package dev.ferrule.engine.frame;

import org.jspecify.annotations.NullMarked;
