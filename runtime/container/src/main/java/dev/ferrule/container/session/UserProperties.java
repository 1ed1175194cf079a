package dev.ferrule.container.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The user properties of one session, at first a copy of its configuration's. The map is made when somebody asks for it, unless there is
 * something to copy: most connections never have any.
 *
 * <p>Threading: any thread; so is the map.
 */
final class UserProperties {
    private volatile @Nullable Map<String, Object> map;

    /** A copy without null values. */
    UserProperties(Map<String, Object> first) {
        if (!first.isEmpty()) {
            Map<String, Object> copy = new ConcurrentHashMap<>();
            first.forEach((key, value) -> {
                if (value != null) {
                    copy.put(key, value);
                }
            });
            map = copy;
        }
    }

    /** The map, always the same. */
    Map<String, Object> map() {
        Map<String, Object> made = map;
        return made == null ? make() : made;
    }

    private synchronized Map<String, Object> make() {
        Map<String, Object> made = map;
        if (made == null) {
            made = new ConcurrentHashMap<>();
            map = made;
        }
        return made;
    }
}
