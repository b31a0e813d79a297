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

    /**
     * Single characters put in, taken out or replaced, and neighbours exchanged: Levenshtein's distance with
     * transpositions ("optimal string alignment"). Keeps three rows of the table.
     */
    private static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
                if (isExchange(a, i, b, j)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }

    private static boolean isExchange(String a, int i, String b, int j) {
        return i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    }
}
