package dev.ferrule.cdi.context;

import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.util.function.Supplier;

/** Makes and destroys instances so that nothing that belongs to them is left, whatever fails. */
public final class Instances {
    /**
     * Weld logs what the clean-up of an instance throws, and then leaves its dependents alone: they are released here. Other
     * containers want to see their own contexts (OpenWebBeans destroys twice else).
     */
    private static final String WELD = "org.jboss.weld.";

    private Instances() {}

    /**
     * What is made, or, when that fails, nothing of what was made for it.
     *
     * @param context knows what was made for it
     */
    public static <T> T made(CreationalContext<?> context, Supplier<T> making) {
        boolean complete = false;
        try {
            T instance = making.get();
            complete = true;
            return instance;
        } finally {
            if (!complete) {
                context.release();
            }
        }
    }

    /** Destroys an instance and its dependents. */
    public static <T> void destroy(Contextual<T> contextual, T instance, CreationalContext<T> context) {
        if (!context.getClass().getName().startsWith(WELD)) {
            contextual.destroy(instance, context);
            return;
        }
        Releases<T> releases = new Releases<>(context);
        try {
            contextual.destroy(instance, releases);
        } finally {
            if (!releases.done) {
                context.release();
            }
        }
    }

    /** Sees whether dependents were released: doing it twice would destroy them twice. */
    private static final class Releases<T> implements CreationalContext<T> {
        private final CreationalContext<T> context;
        private boolean done;

        Releases(CreationalContext<T> context) {
            this.context = context;
        }

        @Override
        public void push(T incomplete) {
            context.push(incomplete);
        }

        @Override
        public void release() {
            done = true;
            context.release();
        }
    }
}
