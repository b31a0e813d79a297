package dev.athanor.run;

import dev.athanor.revision.Phase;
import dev.athanor.revision.RevisionStep;
import dev.athanor.sql.LockMode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an upgrade would do now. {@link JsonForm#of(DryRunReport)} tells the same under the names that the command line
 * prints.
 *
 * @param steps revisions that would be wholly applied by it, in order
 * @param revisions that would be worked on, in order
 * @param headsAfter the heads afterwards
 * @param notes what would be left out, and why
 */
public record DryRunReport(
        List<RevisionStep> steps, List<RevisionForecast> revisions, List<String> headsAfter, List<String> notes) {
    public DryRunReport {
        steps = List.copyOf(steps);
        revisions = List.copyOf(revisions);
        headsAfter = List.copyOf(headsAfter);
        notes = List.copyOf(notes);
    }

    /** Statements that would be run, a backfill counted once; verifications are none. */
    public long statements() {
        return open().filter(section -> section.kind() != Kind.VERIFY)
                .flatMap(section -> section.statements().stream())
                .filter(statement -> !statement.done())
                .count();
    }

    /** The strongest lock on a table that is there now; of equals that on the largest. */
    public Optional<LockForecast> strongestLock() {
        return open().flatMap(section -> section.statements().stream())
                .flatMap(statement -> statement.locks().stream())
                .filter(LockForecast::there)
                .max(Comparator.comparing(LockForecast::mode)
                        .thenComparing(lock -> lock.bytes() == null ? 0 : lock.bytes()));
    }

    /** Rows that all backfills together would walk, as far as their tables are there. */
    public long rowsToWalk() {
        return open().map(SectionForecast::walk)
                .mapToLong(walk -> walk == null || walk.rows() == null ? 0 : walk.rows())
                .sum();
    }

    private Stream<SectionForecast> open() {
        return revisions.stream()
                .flatMap(revision -> revision.phases().stream())
                .flatMap(phase -> phase.sections().stream())
                .filter(section -> !section.done());
    }

    /** The phases of one revision, in order; those that are done are left out. */
    public record RevisionForecast(String id, String message, List<PhaseForecast> phases) {
        public RevisionForecast {
            phases = List.copyOf(phases);
        }
    }

    /** The sections of one phase, in order; there may be none. */
    public record PhaseForecast(Phase phase, List<SectionForecast> sections) {
        public PhaseForecast {
            sections = List.copyOf(sections);
        }
    }

    /** What a section is. */
    public enum Kind {
        /** Schema statements. */
        SCHEMA,
        /** A backfill. */
        BACKFILL,
        /** A verification; a dry run does not count. */
        VERIFY
    }

    /**
     * One section.
     *
     * @param name such as {@code expand[0]}
     * @param origin as {@code file:line}
     * @param done whether an earlier run has finished it
     * @param walk how a backfill goes over its table; null for other kinds
     * @param note what there is to say; empty when there is nothing
     */
    public record SectionForecast(
            String name,
            Kind kind,
            String origin,
            boolean done,
            List<StatementForecast> statements,
            Limits limits,
            @Nullable WalkForecast walk,
            String note) {
        public SectionForecast {
            statements = List.copyOf(statements);
        }
    }

    /**
     * What bounds the statements of a section.
     *
     * @param transactional whether they are one transaction; for a backfill each chunk is one
     * @param lockTimeout longest wait for one lock; null: none
     * @param statementTimeout longest run of one statement; null: the server's
     * @param retries tries after the first; null: a chunk is tried for minutes, a verification not counted
     */
    public record Limits(
            boolean transactional,
            @Nullable Duration lockTimeout,
            @Nullable Duration statementTimeout,
            @Nullable Integer retries) {}

    /**
     * One statement.
     *
     * @param done whether an earlier run has done it
     * @param unknown why these may not be all its locks; null when they are
     */
    public record StatementForecast(
            String sql,
            boolean done,
            List<LockForecast> locks,
            @Nullable String unknown) {
        public StatementForecast {
            locks = List.copyOf(locks);
        }
    }

    /**
     * A lock on one table.
     *
     * @param table quoted, with its schema where it is there
     * @param there whether it is there now
     * @param rows estimate, partitions included; null when unknown
     * @param guessed whether that is no more than a guess, for want of statistics
     * @param bytes on disk, indexes and partitions included; null when unknown
     * @param partitions that are locked with it
     * @param holders sessions that would have to end their transactions first
     * @param longest how long the oldest of these has been open; null when unknown or none
     * @param note what there is to say; empty when there is nothing
     */
    public record LockForecast(
            String table,
            LockMode mode,
            boolean there,
            @Nullable Long rows,
            boolean guessed,
            @Nullable Long bytes,
            int partitions,
            int holders,
            @Nullable Duration longest,
            String note) {}

    /**
     * How a backfill goes over its table.
     *
     * @param table quoted
     * @param key columns of the key; {@code ctid} when block by block; empty when there is none yet
     * @param rows left to walk, estimated; null when the table is not there yet
     * @param chunks for these, if all were as large as the first; null when the rows are
     * @param chunkSize rows of the first chunk
     * @param adaptive whether the size follows the time that chunks take
     * @param workers chunks at once
     * @param maxRowsPerSecond cap over all workers; null: none
     * @param advice what will hurt when it runs
     */
    public record WalkForecast(
            String table,
            List<String> key,
            @Nullable Long rows,
            @Nullable Long chunks,
            int chunkSize,
            boolean adaptive,
            int workers,
            @Nullable Long maxRowsPerSecond,
            List<Advice> advice) {
        public WalkForecast {
            key = List.copyOf(key);
            advice = List.copyOf(advice);
        }
    }
}
