package dev.athanor.revision;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ids and labels of a graph; both name a revision, known by its place in load order. */
final class Names {
    /** Names as short as this are never found by their beginning; Alembic has the same bound. */
    private static final int SHORT = 3;

    private final Map<String, Integer> ids;
    private final Map<String, Integer> all;

    Names(Map<String, Integer> ids, Map<String, Integer> labels) {
        this.ids = Map.copyOf(ids);
        Map<String, Integer> both = new HashMap<>(ids);
        both.putAll(labels);
        this.all = Map.copyOf(both);
    }

    /** The revision with exactly this id. */
    @Nullable
    Integer byId(String id) {
        return ids.get(id);
    }

    /** The revision with exactly this id or label. */
    @Nullable
    Integer byName(String name) {
        return all.get(name);
    }

    /** Every id and label that begins so, sorted, each with its revision. */
    List<Map.Entry<String, Integer>> beginningWith(String start) {
        List<Map.Entry<String, Integer>> found = new ArrayList<>();
        for (Map.Entry<String, Integer> entry : all.entrySet()) {
            if (entry.getKey().length() > SHORT && entry.getKey().startsWith(start)) {
                found.add(entry);
            }
        }
        found.sort(Map.Entry.comparingByKey());
        return found;
    }

    /** All ids. */
    Collection<String> ids() {
        return ids.keySet();
    }

    /** All ids and labels. */
    Collection<String> all() {
        return all.keySet();
    }
}
