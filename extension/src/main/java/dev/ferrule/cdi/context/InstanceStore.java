package dev.ferrule.cdi.context;

import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The instances of one context, such as one request. Confined to one thread at a time. */
final class InstanceStore {
    private static final Logger LOG = System.getLogger(InstanceStore.class.getName());

    /** Made at the first use: most callbacks use no bean of their scope. */
    private @Nullable Map<Contextual<?>, Instance<?>> instances;

    /** An instance and what ends it. */
    record Instance<T>(Contextual<T> contextual, T value, CreationalContext<T> context) {
        /** Destroys it; what its clean-up throws is logged. */
        void destroy() {
            try {
                Instances.destroy(contextual, value, context);
            } catch (RuntimeException | Error failure) {
                LOG.log(Level.WARNING, "A bean of a callback's context could not be destroyed: " + contextual, failure);
            }
        }
    }

    @SuppressWarnings("unchecked")
    <T> @Nullable T find(Contextual<T> contextual) {
        Instance<T> instance = instances == null ? null : (Instance<T>) instances.get(contextual);
        return instance == null ? null : instance.value();
    }

    <T> T get(Contextual<T> contextual, CreationalContext<T> context) {
        T known = find(contextual);
        if (known != null) {
            return known;
        }
        // Not under computeIfAbsent: making one bean may ask for another.
        T made = Instances.made(context, () -> contextual.create(context));
        if (instances == null) {
            instances = new LinkedHashMap<>();
        }
        instances.put(contextual, new Instance<>(contextual, made, context));
        return made;
    }

    /** Takes an instance out, for the caller to destroy; null when there is none. */
    @Nullable
    Instance<?> take(Contextual<?> contextual) {
        return instances == null ? null : instances.remove(contextual);
    }

    /** Takes the youngest instance out, for the caller to destroy; null when there is none left. */
    @Nullable
    Instance<?> takeYoungest() {
        if (instances == null) {
            return null;
        }
        Contextual<?> youngest = null;
        for (Contextual<?> contextual : instances.keySet()) {
            youngest = contextual;
        }
        return youngest == null ? null : instances.remove(youngest);
    }

    /** Destroys them all, the youngest first, and those that come about meanwhile, too. */
    void destroyAll() {
        for (var next = takeYoungest(); next != null; next = takeYoungest()) {
            next.destroy();
        }
    }
}
