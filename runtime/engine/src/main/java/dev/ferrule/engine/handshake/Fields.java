package dev.ferrule.engine.handshake;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A few header fields that no longer change, in their order, looked up without case: going through all takes less time, memory
 * and code than a tree or a table. Thread-safe.
 */
final class Fields extends AbstractMap<String, List<String>> {
    private final List<Entry<String, List<String>>> entries;

    private Fields(List<Entry<String, List<String>>> entries) {
        this.entries = List.copyOf(entries);
    }

    /** A copy; two names that differ in case only are merged in iteration order. */
    static Fields copyOf(Map<String, List<String>> fields) {
        if (fields instanceof Fields unchanging) {
            return unchanging;
        }
        List<Entry<String, List<String>>> entries = new ArrayList<>(fields.size());
        fields.forEach((name, values) -> add(entries, name, List.copyOf(values)));
        return new Fields(entries);
    }

    /** Fields as they were read: a name, its value, the next name and so on. */
    static Fields inTurn(List<String> namesAndValues) {
        List<Entry<String, List<String>>> entries = new ArrayList<>(namesAndValues.size() / 2);
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            add(entries, namesAndValues.get(i), List.of(namesAndValues.get(i + 1)));
        }
        return new Fields(entries);
    }

    private static void add(List<Entry<String, List<String>>> entries, String name, List<String> values) {
        int known = find(entries, name);
        if (known < 0) {
            entries.add(Map.entry(name, values));
            return;
        }
        List<String> all = new ArrayList<>(entries.get(known).getValue());
        all.addAll(values);
        entries.set(known, Map.entry(entries.get(known).getKey(), List.copyOf(all)));
    }

    private static int find(List<Entry<String, List<String>>> entries, String name) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).getKey().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public @Nullable List<String> get(@Nullable Object name) {
        int found = name instanceof String text ? find(entries, text) : -1;
        return found < 0 ? null : entries.get(found).getValue();
    }

    @Override
    public @Nullable List<String> getOrDefault(@Nullable Object name, @Nullable List<String> absent) {
        List<String> values = get(name);
        return values == null ? absent : values;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public Set<Entry<String, List<String>>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, List<String>>> iterator() {
                return entries.iterator();
            }

            @Override
            public int size() {
                return entries.size();
            }
        };
    }
}
