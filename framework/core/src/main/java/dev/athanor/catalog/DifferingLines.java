package dev.athanor.catalog;

import java.util.ArrayList;
import java.util.List;

/** The lines of two definitions that are not in both. */
final class DifferingLines {
    /** As much as fits beside the object's name on one line of a terminal or a log. */
    private static final int LONGEST = 160;

    private DifferingLines() {}

    /** Behind the object's name on one line; long definitions are cut. */
    static String summary(SchemaDifference difference) {
        return switch (difference.change()) {
            case ADDED -> ": " + cut(first(difference.is()));
            case REMOVED -> "; it was: " + cut(first(difference.was()));
            case CHANGED ->
                ": " + cut(joined(only(difference.was(), difference.is()))) + " -> "
                        + cut(joined(only(difference.is(), difference.was())));
        };
    }

    static List<String> all(SchemaDifference difference) {
        List<String> lines = new ArrayList<>();
        lines.add(difference.kind().key() + " " + difference.object() + " "
                + difference.change().key());
        only(difference.was(), difference.is()).forEach(line -> lines.add("  - " + line));
        only(difference.is(), difference.was()).forEach(line -> lines.add("  + " + line));
        return lines;
    }

    private static List<String> only(String mine, String others) {
        List<String> theirs = others.lines().toList();
        List<String> only = mine.lines().filter(line -> !theirs.contains(line)).toList();
        // the same lines in another order, or one of them twice
        return only.isEmpty() && theirs.stream().allMatch(mine.lines().toList()::contains)
                ? mine.lines().toList()
                : only;
    }

    private static String joined(List<String> lines) {
        return lines.isEmpty() ? "(nothing)" : String.join(" / ", lines);
    }

    private static String first(String definition) {
        return definition.lines().findFirst().orElse("");
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
