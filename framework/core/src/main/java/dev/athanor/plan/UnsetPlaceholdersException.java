package dev.athanor.plan;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.source.Origin;
import java.util.List;
import java.util.stream.Collectors;

/** Placeholders without a value, all of those that were met. Kind USAGE, code {@code unset_placeholder}. */
public final class UnsetPlaceholdersException extends AthanorException {
    private static final long serialVersionUID = 1L;

    private final transient List<Unset> unset;

    /**
     * One use of a placeholder.
     *
     * @param name what stands between the braces
     * @param origin where
     */
    public record Unset(String name, Origin origin) {
        @Override
        public String toString() {
            return origin + ": ${" + name + "}";
        }
    }

    UnsetPlaceholdersException(List<Unset> unset) {
        super(FailureKind.USAGE, "unset_placeholder", message(unset), hint(unset));
        this.unset = List.copyOf(unset);
    }

    /** Each use in the order of revisions and lines. */
    public List<Unset> unset() {
        return unset;
    }

    private static String message(List<Unset> unset) {
        return unset.size() == 1
                ? unset.get(0) + " has no value"
                : unset.size() + " placeholders have no value:\n"
                        + unset.stream().map(use -> "  " + use).collect(Collectors.joining("\n"));
    }

    private static String hint(List<Unset> unset) {
        String flags = unset.stream()
                .map(Unset::name)
                .distinct()
                .map(name -> "--set " + name + "=value")
                .collect(Collectors.joining(" "));
        return "Give the value with " + flags + "; a literal ${ is written $${ in a string.";
    }
}
