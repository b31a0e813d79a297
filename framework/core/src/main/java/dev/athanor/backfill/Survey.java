package dev.athanor.backfill;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.catalog.ColumnPicture;
import dev.athanor.catalog.ColumnPicture.Generation;
import dev.athanor.catalog.KeyShape;
import dev.athanor.catalog.TablePicture;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.postgres.CatalogReader;
import dev.athanor.postgres.ColumnReader;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.ReactiveTransactions;
import dev.athanor.postgres.TransactionSettings;
import dev.athanor.source.BackfillWork;
import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Looks at the table of a backfill, where it is, and at the columns that work on rows reads and writes. */
final class Survey {
    private final Sources sources;
    private final TransactionSettings settings;

    Survey(Sources sources, TransactionSettings settings) {
        this.sources = sources;
        this.settings = settings;
    }

    /**
     * What the backfill goes over.
     *
     * @param begunBy columns by which it has been walked so far; empty when it was not begun
     */
    Mono<Subject> of(BackfillStep step, List<String> begunBy) {
        return reader(step)
                .flatMap(reader -> picture(step, reader).flatMap(table -> {
                    KeyShape key =
                            begunBy.isEmpty() ? WalkRules.key(step, table) : WalkRules.sameKey(step, table, begunBy);
                    Walk walk = new Walk(step, table, key);
                    WalkRules.check(step, walk);
                    return step.work() instanceof BackfillWork.OfRows work
                            ? rows(step, work, walk, reader).map(rows -> new Subject(reader, walk, rows))
                            : Mono.just(new Subject(reader, walk, null));
                }));
    }

    private Mono<ReactiveTransactions> reader(BackfillStep step) {
        return step.work() instanceof BackfillWork.Copy copy
                ? Mono.fromCallable(() -> other(step, copy).get()).subscribeOn(Schedulers.boundedElastic())
                : Mono.just(sources.here());
    }

    private Supplier<ReactiveTransactions> other(BackfillStep step, BackfillWork.Copy copy) {
        Supplier<ReactiveTransactions> other = sources.others().get(copy.from());
        if (other == null) {
            throw new AthanorException(
                    FailureKind.USAGE,
                    "unknown_source",
                    "Backfill " + step.name() + " of revision " + step.revision() + " (" + step.origin()
                            + ") copies from database '" + copy.from() + "', of which nobody has said where it is.",
                    "Add an environment '" + copy.from() + "' with a url to athanor.yaml, or in Java call"
                            + " MigrationRunner.Builder.source(\"" + copy.from() + "\", …).");
        }
        return other;
    }

    /** The table with statistics: they are made first where there are none, and where we may. */
    private Mono<TablePicture> picture(BackfillStep step, ReactiveTransactions reader) {
        Mono<TablePicture> read = new CatalogReader(reader, settings)
                .read(step.table())
                .switchIfEmpty(Mono.error(() -> unknownTable(step, step.table())));
        return read.flatMap(table -> table.analysed()
                ? Mono.just(table)
                : reader.reading(
                                settings,
                                session -> session.execute(
                                                "ANALYZE " + table.name().quoted())
                                        .flux())
                        .onErrorResume(
                                e -> reader != sources.here() && e instanceof DatabaseException, e -> Mono.empty())
                        .then(read));
    }

    private Mono<RowSql> rows(BackfillStep step, BackfillWork.OfRows work, Walk walk, ReactiveTransactions reader) {
        QualifiedName target = work instanceof BackfillWork.Copy copy
                ? copy.into()
                : walk.table().name();
        Mono<List<ColumnPicture>> read = columns(step, reader, walk.table().name(), work.reads());
        Mono<List<ColumnPicture>> written = columns(step, sources.here(), target, work.writes());
        boolean copies = work instanceof BackfillWork.Copy;
        Mono<Boolean> versioned =
                copies ? Mono.just(false) : versioned(walk.table().name());
        return Mono.zip(read, written, versioned).map(found -> {
            refuseGenerated(step, target, found.getT2(), copies);
            return new RowSql(
                    walk,
                    step.options().where(),
                    work,
                    new RowSql.Columns(found.getT1(), found.getT2(), found.getT3()));
        });
    }

    /** System columns want a right on the whole table, and only heaps are known to keep a version with every row. */
    private Mono<Boolean> versioned(QualifiedName table) {
        return sources.here()
                .reading(
                        settings,
                        session -> session.query(
                                "WITH RECURSIVE tree AS (SELECT to_regclass($1)::oid AS oid"
                                        + " UNION SELECT i.inhrelid FROM pg_inherits i JOIN tree t ON i.inhparent = t.oid)"
                                        + " SELECT has_table_privilege(to_regclass($1), 'SELECT')"
                                        + " AND bool_and(c.relkind = 'p' OR c.relkind = 'r' AND m.amname = 'heap')"
                                        + " AS versioned FROM tree JOIN pg_class c USING (oid)"
                                        + " LEFT JOIN pg_am m ON m.oid = c.relam",
                                row -> row.flag("versioned"),
                                table.quoted()))
                .single();
    }

    private Mono<List<ColumnPicture>> columns(
            BackfillStep step, ReactiveTransactions database, QualifiedName table, List<String> wanted) {
        return database.reading(settings, session -> ColumnReader.read(session, table))
                .collectList()
                .map(there -> {
                    if (there.isEmpty()) {
                        throw unknownTable(step, table);
                    }
                    List<ColumnPicture> found = new ArrayList<>();
                    List<String> missing = new ArrayList<>();
                    for (String name : wanted) {
                        there.stream()
                                .filter(column -> column.name().equals(name))
                                .findFirst()
                                .ifPresentOrElse(found::add, () -> missing.add(QualifiedName.quote(name)));
                    }
                    if (missing.isEmpty()) {
                        return found;
                    }
                    throw new BackfillRefusedException(
                            step,
                            "unknown_column",
                            table + " has no column " + String.join(", ", missing) + ".",
                            "It has: "
                                    + String.join(
                                            ", ",
                                            there.stream()
                                                    .map(ColumnPicture::name)
                                                    .toList())
                                    + ". Mend reads(…) or writes(…).");
                });
    }

    /** An UPDATE may write no identity that is generated always; a copy may, because it keeps what the source has. */
    private static void refuseGenerated(
            BackfillStep step, QualifiedName table, List<ColumnPicture> writes, boolean copies) {
        Predicate<ColumnPicture> generated = column ->
                column.generation() == Generation.COMPUTED || !copies && column.generation() == Generation.IDENTITY;
        List<String> refused = writes.stream()
                .filter(generated)
                .map(column -> QualifiedName.quote(column.name()))
                .toList();
        if (!refused.isEmpty()) {
            throw new BackfillRefusedException(
                    step,
                    "generated_column",
                    "it writes " + String.join(", ", refused) + " of " + table + ", which the server generates.",
                    "Leave it out of writes(…).");
        }
    }

    private static AthanorException unknownTable(BackfillStep step, QualifiedName table) {
        return new AthanorException(
                FailureKind.FAILED,
                "unknown_table",
                "Backfill " + step.name() + " of revision " + step.revision() + " (" + step.origin()
                        + "): there is no table " + table.quoted() + ".",
                "Mend table= in the directive, or see that the search path of the connection finds it; then:"
                        + " athanor resume " + step.revision());
    }
}
