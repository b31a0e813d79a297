package dev.athanor.benchmark;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What {@code --cases} and {@code --peers} choose from a list of ids: ids, beginnings of ids with a {@code *} behind, {@code all}, {@code none}. */
final class Selection {
    private Selection() {}

    /**
     * The chosen ones.
     *
     * @param wanted as written, separated
     * @param usual what {@code all} means
     * @param others what must be named
     * @throws IllegalArgumentException when something that is wanted is not there; names what is
     */
    static Set<String> of(List<String> wanted, Collection<String> usual, Collection<String> others) {
        List<String> known = new ArrayList<>(usual);
        known.addAll(others);
        Set<String> chosen = new LinkedHashSet<>();
        for (String pattern : wanted) {
            if (pattern.equals("all")) {
                chosen.addAll(usual);
            } else if (!pattern.equals("none")) {
                chosen.addAll(matching(pattern, known));
            }
        }
        return chosen;
    }

    private static List<String> matching(String pattern, List<String> known) {
        Pattern form = Pattern.compile(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
        List<String> found =
                known.stream().filter(id -> form.matcher(id).matches()).toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("there is no '" + pattern + "' among " + String.join(", ", known));
        }
        return found;
    }
}
