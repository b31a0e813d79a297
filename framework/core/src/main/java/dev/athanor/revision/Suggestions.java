package dev.athanor.revision;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What somebody may have meant who wrote a name that does not exist. */
final class Suggestions {
    /** More than three would be a list to search, not an answer. */
    private static final int MOST = 3;

    private record Candidate(String name, int distance) {}

    private Suggestions() {}

    /** Names that differ from the given one in at most a third of its characters, or begin with it; nearest first. */
    static List<String> near(String wrong, Collection<String> names) {
        int allowed = Math.max(1, wrong.length() / 3);
        return names.stream()
                .filter(name -> Math.abs(name.length() - wrong.length()) <= allowed || isStart(wrong, name))
                .map(name -> new Candidate(name, isStart(wrong, name) ? 0 : distance(wrong, name)))
                .filter(candidate -> candidate.distance() <= allowed)
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .limit(MOST)
                .map(Candidate::name)
                .toList();
    }

    /** {@code Did you mean "a" or "b"? } with a blank at its end, or nothing. */
    static String didYouMean(String wrong, Collection<String> names) {
        List<String> near = near(wrong, names);
        return near.isEmpty()
                ? ""
                : near.stream().map(Suggestions::quote).collect(Collectors.joining(" or ", "Did you mean ", "? "));
    }

    static String quote(String name) {
        return '"' + name + '"';
    }

    private static boolean isStart(String wrong, String name) {
        return !wrong.isEmpty() && name.startsWith(wrong);
    }

    /** Levenshtein's distance: single characters put in, taken out or replaced. */
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            int[] current = new int[right.length() + 1];
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int replaced = previous[column - 1] + (left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(previous[column], current[column - 1]));
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
