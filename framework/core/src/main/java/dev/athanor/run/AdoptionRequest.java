package dev.athanor.run;

import dev.athanor.ledger.VersionTool;
import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to take over from another tool.
 *
 * @param from whose versions
 * @param table its version table; null: the one of the usual name in the search path
 * @param names versions of that tool (of Liquibase: ids, or {@code file::id::author}) to ids of revisions, where {@link
 *     Adoption} would not find them by itself
 */
public record AdoptionRequest(VersionTool from, @Nullable QualifiedName table, Map<String, String> names) {
    public AdoptionRequest {
        names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
    }

    /** Quoted only where it must be. */
    private static String written(QualifiedName name) {
        return name.schema() == null ? part(name.name()) : part(name.schema()) + "." + part(name.name());
    }

    private static String part(String name) {
        return name.matches("[a-z_][a-z0-9_]*") ? name : QualifiedName.quote(name);
    }

    /** The same without names for some versions. */
    AdoptionRequest without(Collection<String> versions) {
        Map<String, String> left = new LinkedHashMap<>(names);
        left.keySet().removeAll(versions);
        return new AdoptionRequest(from, table, left);
    }

    /** The command that asks for this, with more words behind. */
    public String command(String... more) {
        List<String> words = new ArrayList<>();
        if (table != null) {
            words.addAll(List.of("--table", written(table)));
        }
        names.forEach((theirs, ours) -> words.addAll(List.of("--map", theirs + "=" + ours)));
        words.addAll(List.of(more));
        return from.command(words);
    }
}
