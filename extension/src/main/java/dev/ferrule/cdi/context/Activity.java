package dev.ferrule.cdi.context;

import jakarta.enterprise.context.spi.Context;
import java.util.List;

/** Which contexts are active on this thread. */
final class Activity {
    private Activity() {}

    static boolean isAnyOf(List<Context> contexts) {
        for (Context context : contexts) {
            if (context.isActive()) {
                return true;
            }
        }
        return false;
    }
}
