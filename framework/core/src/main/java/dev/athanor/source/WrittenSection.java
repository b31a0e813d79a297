package dev.athanor.source;

import dev.athanor.sql.QualifiedName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A section as a file would have it, whether it comes from a file, a class or an operation; reading it again gives the same
 * section.
 */
public final class WrittenSection {
    private WrittenSection() {}

    /** The directive's line and the text of the section behind it, with a line end behind both. */
    public static String of(Section section) {
        Map<String, String> options = new LinkedHashMap<>();
        String keyword = section.phase().key();
        if (section instanceof Section.Schema schema) {
            keyword = schema.undo() ? "undo " + keyword : keyword;
            put(options, "transaction", schema.options().transactional() ? null : "none");
            put(options, "execute", schema.options().rows() ? "rows" : null);
            put(options, "lock-timeout", schema.options().lockTimeout());
            put(options, "statement-timeout", schema.options().statementTimeout());
            put(options, "retries", schema.options().retries());
        } else if (section instanceof Section.Backfill backfill) {
            put(options, "name", backfill.name());
            options.put("table", backfill.table().quoted());
            put(options, "key", key(backfill));
            options(options, backfill.options());
        } else {
            keyword = "verify";
            put(options, "name", ((Section.Verify) section).name());
        }
        String written = options.entrySet().stream()
                .map(option -> " " + option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining());
        return Directive.PREFIX + keyword + written + "\n" + section.sql().strip() + "\n";
    }

    private static @Nullable String key(Section.Backfill backfill) {
        return backfill.key().isEmpty()
                ? null
                : backfill.key().stream().map(QualifiedName::quote).collect(Collectors.joining(","));
    }

    private static void options(Map<String, String> written, BackfillOptions options) {
        put(written, "where", options.where());
        put(written, "chunk-size", options.chunkSize());
        put(written, "target-chunk-time", options.targetChunkTime());
        put(written, "max-rows-per-second", options.maxRowsPerSecond());
        put(written, "workers", options.workers());
        put(written, "lock-timeout", options.lockTimeout());
        put(written, "statement-timeout", options.statementTimeout());
        put(written, "retries", options.retries());
        put(written, "skip-limit", options.skipLimit());
        put(written, "vacuum-every-rows", options.vacuumEveryRows());
        put(written, "window", options.window());
        put(written, "deadline", options.deadline());
        put(written, "quiets", options.quiets());
    }

    private static void put(Map<String, String> written, String name, @Nullable Object value) {
        if (value != null) {
            String text = value.toString();
            boolean plain = text.chars().noneMatch(c -> Character.isWhitespace(c) || c == '\'' || c == '"');
            written.put(name, plain || name.equals("key") ? text : "'" + text.replace("'", "''") + "'");
        }
    }
}
