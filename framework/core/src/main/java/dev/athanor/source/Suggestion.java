package dev.athanor.source;

import java.util.Collection;

/** "Did you mean": the word that somebody probably wanted to write. */
final class Suggestion {
    /** More edits than a third of the word make it another word. */
    private static final int LETTERS_PER_EDIT = 3;

    private Suggestion() {}

    /** {@code , did you mean 'x'?}, or nothing when no candidate is near. */
    static String of(String word, Collection<String> candidates) {
        String best = "";
        int least = word.length() / LETTERS_PER_EDIT + 1;
        for (String candidate : candidates) {
            int distance = distance(word, candidate);
            if (distance < least || distance == least && best.isEmpty()) {
                least = distance;
                best = candidate;
            }
        }
        return best.isEmpty() ? "" : "; did you mean '" + best + "'?";
    }

    /** Insertions, deletions, and replacements that turn one word into the other (Levenshtein). */
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
