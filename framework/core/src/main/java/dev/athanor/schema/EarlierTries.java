package dev.athanor.schema;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of one statement of a section, over all tries of it: what was there before the first of them. */
final class EarlierTries {
    private final int number;
    private final boolean attempted;
    private final Map<String, List<InvalidIndex>> before = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /**
     * None in this run.
     *
     * @param number of the statement in its section, from 1
     * @param attempted whether an earlier run, perhaps killed, has begun it
     */
    EarlierTries(int number, boolean attempted) {
        this.number = number;
        this.attempted = attempted;
    }

    int number() {
        return number;
    }

    /** Whether an earlier run has begun the statement. */
    boolean attempted() {
        return attempted;
    }

    /** Whether this run or an earlier one has begun it; with {@code execute=rows} this very row. */
    boolean begun(String sql) {
        return attempted || before.containsKey(sql) && !taken.contains(sql);
    }

    /** Notes that the index was there before we began: it is somebody else's, and never to be taken for ours. */
    void foundTaken(String sql) {
        taken.add(sql);
    }

    /** Whether this run or an earlier one has begun something that it may have done. */
    boolean any() {
        return attempted || !taken.containsAll(before.keySet());
    }

    /** The invalid indexes that were there before this run first tried it; null when it has not. */
    @Nullable
    List<InvalidIndex> before(String sql) {
        return before.get(sql);
    }

    /** Notes what was there before the first try; later tries change nothing of it. */
    void begin(String sql, List<InvalidIndex> there) {
        before.putIfAbsent(sql, List.copyOf(there));
    }
}
