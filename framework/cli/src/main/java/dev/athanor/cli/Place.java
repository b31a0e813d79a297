package dev.athanor.cli;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which database one source names; after {@link #choose}, which one it is.
 *
 * @param url its address, or null
 * @param embedded a database on the embedded server, or null
 */
record Place(@Nullable String url, @Nullable String embedded) {
    private static final String OFF = "";

    /**
     * The database of the first source that names one: a URL on the command line counts before an embedded server in the
     * file, and the other way round. A source that switches the embedded server off silences the later ones.
     *
     * @throws AthanorException kind USAGE, code {@code two_databases}, when that source names both
     */
    static Sourced<Place> choose(List<Sourced<Place>> sources) {
        boolean off = false;
        for (Sourced<Place> sourced : sources) {
            Place source = sourced.value();
            String url = source.url() == null || source.url().isBlank() ? null : source.url();
            String embedded = Layers.embedded(source.embedded());
            boolean wanted = embedded != null && !embedded.equals(OFF) && !off;
            if (url != null && wanted) {
                throw new AthanorException(
                        FailureKind.USAGE,
                        "two_databases",
                        "Both a URL and the embedded PostgreSQL are asked for in the same place.",
                        "Leave one of them out.");
            }
            if (url != null || wanted) {
                return new Sourced<>(new Place(url, wanted ? embedded : null), sourced.origin());
            }
            off |= OFF.equals(embedded);
        }
        return new Sourced<>(new Place(null, null), Sourced.DEFAULT);
    }
}
