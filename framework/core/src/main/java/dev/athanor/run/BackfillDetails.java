package dev.athanor.run;

import dev.athanor.ledger.BackfillTrouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All of one backfill.
 *
 * @param progress how it stands
 * @param key columns by which it is walked; none when it was not begun
 * @param startedAt when it was begun; null when it was not
 * @param elapsed since then, or until it was finished
 * @param trouble failed ranges, rows set aside, and commands
 */
public record BackfillDetails(
        BackfillProgress progress,
        List<String> key,
        @Nullable Instant startedAt,
        Duration elapsed,
        BackfillTrouble trouble) {
    public BackfillDetails {
        key = List.copyOf(key);
    }
}
