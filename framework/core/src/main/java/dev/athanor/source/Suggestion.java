package dev.athanor.source;

import dev.athanor.Nearest;
import java.util.Collection;

/** The word that somebody probably wanted to write, as the end of a sentence. */
final class Suggestion {
    private Suggestion() {}

    /** {@code ; did you mean 'x'?}, or nothing when no candidate is near. */
    static String of(String word, Collection<String> candidates) {
        return Nearest.to(word, candidates).stream()
                .findFirst()
                .map(nearest -> "; did you mean '" + nearest + "'?")
                .orElse("");
    }
}
