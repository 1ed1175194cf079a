package dev.ferrule.container.spi;

/**
 * A callback that tells what it is like: who runs callbacks may learn that those of one kind block.
 *
 * <p>Threading: any thread asks.
 */
public interface KindOfCallback extends Runnable {
    /** The same object for callbacks that are alike, such as those of one endpoint; it keeps nothing of the application alive. */
    Object kind();
}
