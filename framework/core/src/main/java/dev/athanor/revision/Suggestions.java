package dev.athanor.revision;

import dev.athanor.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What somebody may have meant who wrote a name that does not exist. */
final class Suggestions {
    private Suggestions() {}

    /** {@code Did you mean "a" or "b"? } with a blank at its end, or nothing. */
    static String didYouMean(String wrong, Collection<String> names) {
        List<String> near = Nearest.to(wrong, names);
        return near.isEmpty()
                ? ""
                : near.stream().map(Suggestions::quote).collect(Collectors.joining(" or ", "Did you mean ", "? "));
    }

    static String quote(String name) {
        return '"' + name + '"';
    }
}
