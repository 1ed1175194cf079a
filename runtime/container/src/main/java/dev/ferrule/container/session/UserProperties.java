package dev.ferrule.container.session;

import jakarta.websocket.EndpointConfig;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The user properties of one session or of one connection's configuration, at first a copy of others. The map is made when somebody
 * asks for it, unless there is something to copy: most connections never have any.
 *
 * <p>Threading: any thread; so is the map.
 */
public final class UserProperties {
    private volatile @Nullable Map<String, Object> map;

    /** A configuration whose properties can be copied without making its map. */
    public interface Holder {
        /** The properties. */
        UserProperties userProperties();
    }

    /** A copy of a configuration's. */
    static UserProperties of(EndpointConfig config) {
        if (config instanceof Holder holder) {
            Map<String, Object> made = holder.userProperties().map;
            return new UserProperties(made == null ? Map.of() : made);
        }
        return new UserProperties(config.getUserProperties());
    }

    /** A copy without null values. */
    public UserProperties(Map<String, Object> first) {
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
    public Map<String, Object> map() {
        Map<String, Object> made = map;
        return made == null ? make() : made;
    }

    /** A value, or null; makes no map. */
    @Nullable
    Object get(String key) {
        Map<String, Object> made = map;
        return made == null ? null : made.get(key);
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
