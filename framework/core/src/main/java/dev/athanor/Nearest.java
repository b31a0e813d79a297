package dev.athanor;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** "Did you mean": which known words somebody may have meant who wrote an unknown one. */
public final class Nearest {
    /** More than three would be a list to search, not an answer. */
    private static final int MOST = 3;
    /** More changes than a third of the characters make it another word. */
    private static final int CHARACTERS_PER_CHANGE = 3;

    private record Candidate(String word, int distance) {}

    private Nearest() {}

    /** Words that begin with the given one, or differ from it in at most a third of its characters; nearest first. */
    public static List<String> to(String wrong, Collection<String> known) {
        int allowed = Math.max(1, wrong.length() / CHARACTERS_PER_CHANGE);
        return known.stream()
                .filter(word -> Math.abs(word.length() - wrong.length()) <= allowed || isStart(wrong, word))
                .map(word -> new Candidate(word, isStart(wrong, word) ? 0 : distance(wrong, word)))
                .filter(candidate -> candidate.distance() <= allowed)
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::word))
                .limit(MOST)
                .map(Candidate::word)
                .toList();
    }

    private static boolean isStart(String wrong, String word) {
        return !wrong.isEmpty() && word.startsWith(wrong);
    }

    /** Levenshtein's distance (1966): single characters put in, taken out or replaced. Keeps one row of the table. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
