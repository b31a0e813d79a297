package dev.athanor.throttle;

import dev.athanor.postgres.ReactiveSession;
import dev.athanor.postgres.ReactiveTransactions;
import dev.athanor.postgres.Row;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * WAL segments that are complete and not archived. Counted from the name of the last segment that was archived, else from the
 * first one that failed, else from where we began to look; that every role may read, other than the folder itself.
 */
final class WalArchive extends SqlSignal {
    private static final String ARCHIVER = "SELECT current_setting('archive_mode') <> 'off' AS archiving,"
            + " pg_walfile_name(pg_current_wal_lsn()) AS current,"
            + " pg_size_bytes(current_setting('wal_segment_size'))::text AS size,"
            + " last_archived_wal AS archived, last_failed_wal AS failed FROM pg_stat_archiver";

    /** Timeline, and the two parts of the segment's number. Names of history and backup files are longer or shorter. */
    private static final Pattern SEGMENT = Pattern.compile("([0-9A-F]{8})([0-9A-F]{8})([0-9A-F]{8})");

    private static final double PART = 1L << 32;
    private static final double NONE = -1;

    private double first = NONE;
    private double highest = NONE;

    WalArchive(ThrottleSettings settings, ReactiveTransactions transactions) {
        super(SignalKind.WAL_ARCHIVE, settings, transactions);
    }

    @Override
    Mono<Double> read(ReactiveSession session) {
        return session.query(ARCHIVER, this::waiting).single();
    }

    private synchronized double waiting(Row row) {
        if (!row.flag("archiving")) {
            return 0;
        }
        double size = Double.parseDouble(row.string("size"));
        double current = number(row.string("current"), size);
        double archived = number(row.text("archived"), size);
        double failed = number(row.text("failed"), size);
        if (first == NONE) {
            first = current;
        }
        // the last name told is that of a backup's file now and then, or of a segment that is archived again
        highest = Math.max(highest, archived);
        double next = highest != NONE ? highest + 1 : failed != NONE ? failed : first;
        return Math.max(0, current - next);
    }

    private static double number(@Nullable String name, double size) {
        Matcher matcher = SEGMENT.matcher(name == null ? "" : name);
        if (!matcher.matches()) {
            return NONE;
        }
        return Long.parseLong(matcher.group(2), 16) * (PART / size) + Long.parseLong(matcher.group(3), 16);
    }
}
