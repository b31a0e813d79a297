package dev.athanor.examples.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How long statements have waited for locks, from looks at who is waiting. A statement may wait several times, for a row and then for the
 * transaction that holds it: its waits are added up. Between two looks nobody looks, so each wait lasted at least as long as it was
 * when last seen, and at most until the next look.
 */
final class LockWaits {
    private final Map<String, Waiting> statements = new HashMap<>();
    private double longestGap;

    /**
     * One session that waits at the time of a look.
     *
     * @param statement tells the statement from all others
     * @param lock tells this wait from others of the statement
     * @param millis so far, by the server's clock
     */
    record Seen(String statement, String lock, double millis) {}

    /** What a statement has waited in all, in milliseconds. */
    record Total(String statement, double atLeast, double atMost) {}

    private static final class Waiting {
        private double endedAtLeast;
        private double endedAtMost;
        private String lock = "";
        private double millis;

        void end(double gap) {
            if (!lock.isEmpty()) {
                endedAtLeast += millis;
                endedAtMost += millis + gap;
                lock = "";
                millis = 0;
            }
        }

        Total total(String statement) {
            return new Total(statement, endedAtLeast + millis, endedAtMost + millis);
        }
    }

    /**
     * Takes in who waits now.
     *
     * @param gap milliseconds since the last look
     * @return the statements whose waits have changed
     */
    List<Total> look(double gap, List<Seen> waiting) {
        longestGap = Math.max(longestGap, gap);
        Set<String> changed = new HashSet<>();
        Set<String> now = new HashSet<>();
        for (Seen seen : waiting) {
            Waiting known = statements.computeIfAbsent(seen.statement(), any -> new Waiting());
            if (!known.lock.equals(seen.lock())) {
                known.end(gap);
                known.lock = seen.lock();
            }
            known.millis = seen.millis();
            now.add(seen.statement());
            changed.add(seen.statement());
        }
        statements.forEach((statement, known) -> {
            if (!now.contains(statement) && !known.lock.isEmpty()) {
                known.end(gap);
                changed.add(statement);
            }
        });
        List<Total> totals = new ArrayList<>();
        changed.forEach(statement ->
                totals.add(statements.getOrDefault(statement, new Waiting()).total(statement)));
        return totals;
    }

    /** The longest time between two looks in milliseconds: a wait that fits into it may not have been seen. */
    double longestGap() {
        return longestGap;
    }
}
