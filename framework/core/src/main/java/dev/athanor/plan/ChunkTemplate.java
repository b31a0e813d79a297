package dev.athanor.plan;

import org.jspecify.annotations.Nullable;

/**
 * A backfill's statement around its {@code ${chunk}}.
 *
 * @param before text in front of the placeholder
 * @param alias alias that qualifies the key columns ({@code ${chunk:t}}), as written in SQL, or null
 * @param after text behind the placeholder
 */
public record ChunkTemplate(String before, @Nullable String alias, String after) {

    /** The statement with the condition in place. */
    public String with(String condition) {
        return before + condition + after;
    }
}
