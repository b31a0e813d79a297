package dev.athanor.examples.application;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was found wrong: how often, with the first different examples. Thread-safe. */
public final class Findings {
    /** Enough to see the pattern; a failure repeats itself hundreds of times a second. */
    private static final int EXAMPLES = 3;

    private final Map<Check, Integer> counts = new EnumMap<>(Check.class);
    private final Map<Check, List<String>> examples = new EnumMap<>(Check.class);

    /** Adds one. */
    public synchronized void add(Check check, String what) {
        counts.merge(check, 1, Integer::sum);
        List<String> some = examples.computeIfAbsent(check, key -> new ArrayList<>());
        if (some.size() < EXAMPLES && !some.contains(what)) {
            some.add(what);
        }
    }

    /** How many of this kind. */
    public synchronized int count(Check check) {
        return counts.getOrDefault(check, 0);
    }

    /** Whether nothing was found. */
    public synchronized boolean none() {
        return counts.isEmpty();
    }

    /** The first of this kind. */
    public synchronized List<String> examples(Check check) {
        return List.copyOf(examples.getOrDefault(check, List.of()));
    }

    /** Such as {@code 12 application errors, 3 lost updates}. */
    public synchronized String summary() {
        List<String> parts = new ArrayList<>();
        counts.forEach((check, count) -> parts.add(count + " " + check.title()));
        return parts.isEmpty() ? "nothing" : String.join(", ", parts);
    }
}
