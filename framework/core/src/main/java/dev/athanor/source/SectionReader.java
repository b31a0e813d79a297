package dev.athanor.source;

import dev.athanor.migration.RowBackfill;
import dev.athanor.revision.Phase;
import dev.athanor.sql.QualifiedName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the sections of one file or class from their directives and texts. */
final class SectionReader {
    static final List<String> KEYWORDS = List.of("expand", "backfill", "verify", "contract", "undo");

    private static final List<String> SCHEMA_OPTIONS =
            List.of("transaction", "lock-timeout", "statement-timeout", "retries", "execute");
    private static final List<String> BACKFILL_OPTIONS = List.of(
            "table",
            "key",
            "name",
            "where",
            "chunk-size",
            "target-chunk-time",
            "max-rows-per-second",
            "workers",
            "lock-timeout",
            "statement-timeout",
            "retries",
            "skip-limit",
            "vacuum-every-rows",
            "window",
            "deadline",
            "quiets");
    private static final List<String> ROW_OPTIONS = Stream.concat(
                    BACKFILL_OPTIONS.stream(), RowWorkReader.OPTIONS.stream())
            .toList();
    private static final List<String> VERIFY_OPTIONS = List.of("name");

    private final Faults faults;
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, Origin> originOfName = new HashMap<>();

    SectionReader(Faults faults) {
        this.faults = faults;
    }

    /** A section, or null when a fault leaves nothing to make it from. */
    @Nullable
    Section read(SectionText text) {
        text.checkPlaceholders(text.directive().keyword().equals("backfill"), faults);
        return switch (text.directive().keyword()) {
            case "expand" -> schema(text, Phase.EXPAND, false);
            case "contract" -> schema(text, Phase.CONTRACT, false);
            case "backfill" -> backfill(text);
            case "verify" -> verify(text);
            default -> undo(text);
        };
    }

    private @Nullable Section undo(SectionText text) {
        Directive directive = text.directive();
        for (Phase phase : Phase.values()) {
            if (directive.firstWord().equals(phase.key())) {
                SectionText section = new SectionText(
                        directive.withoutFirstWord(), text.tokens(), text.sql(), text.statements(), text.lines());
                return schema(section, phase, true);
            }
        }
        faults.add(
                directive.line(),
                "found 'undo " + directive.firstWord() + "', expected undo expand, undo backfill or undo contract"
                        + Suggestion.of(directive.firstWord(), List.of("expand", "backfill", "contract")));
        return null;
    }

    private Section schema(SectionText text, Phase phase, boolean undo) {
        Options options = new Options(text.directive(), SCHEMA_OPTIONS, faults);
        SchemaOptions schemaOptions = new SchemaOptions(
                options.transactional(),
                options.duration("lock-timeout"),
                options.duration("statement-timeout"),
                options.integer("retries", 0, Integer.MAX_VALUE),
                options.rows());
        if (schemaOptions.rows()) {
            text.checkQueries(faults);
        }
        if (schemaOptions.transactional()) {
            text.checkNoTransactionControl(faults);
        }
        return new Section.Schema(origin(text), phase, undo, schemaOptions, text.sql());
    }

    private @Nullable Section backfill(SectionText text) {
        Options options = new Options(text.directive(), BACKFILL_OPTIONS, faults);
        BackfillOptions said = options(options);
        text.checkBackfill(faults);
        String name = name(text, options);
        QualifiedName table = options.table("table");
        List<String> key = options.columns("key");
        checkTable(text, options);
        return table == null
                ? null
                : new Section.Backfill(origin(text), name, table, key, said, text.sql(), new BackfillWork.Statement());
    }

    /** The section of work on rows, or null when a fault leaves nothing to make it from. */
    @Nullable
    Section rows(SectionText text, RowBackfill<?> step) {
        Options options = new Options(text.directive(), ROW_OPTIONS, faults);
        BackfillOptions said = options(options);
        String name = name(text, options);
        QualifiedName table = options.table("table");
        List<String> key = options.columns("key");
        checkTable(text, options);
        BackfillWork.OfRows work =
                new RowWorkReader(options, faults, text.directive().line()).read(step, table);
        return table == null || work == null
                ? null
                : new Section.Backfill(origin(text), name, table, key, said, work.shape(table), work);
    }

    private void checkTable(SectionText text, Options options) {
        if (options.text("table") == null) {
            faults.add(text.directive().line(), "found no table, expected table=NAME: the table that is walked");
        }
    }

    private static BackfillOptions options(Options options) {
        return BackfillOptions.builder()
                .chunkSize(options.integer("chunk-size", 1, Integer.MAX_VALUE))
                .targetChunkTime(options.duration("target-chunk-time"))
                .maxRowsPerSecond(options.number("max-rows-per-second", 1, Integer.MAX_VALUE))
                .workers(options.integer("workers", 1, 1000))
                .where(options.condition("where"))
                .lockTimeout(options.duration("lock-timeout"))
                .statementTimeout(options.duration("statement-timeout"))
                .retries(options.integer("retries", 0, Integer.MAX_VALUE))
                .skipLimit(options.number("skip-limit", 0, Long.MAX_VALUE))
                .vacuumEveryRows(options.number("vacuum-every-rows", 1, Long.MAX_VALUE))
                .window(options.window("window"))
                .deadline(options.time("deadline"))
                .quiets(options.text("quiets"))
                .build();
    }

    private Section verify(SectionText text) {
        Options options = new Options(text.directive(), VERIFY_OPTIONS, faults);
        text.checkQuery(faults);
        return new Section.Verify(origin(text), name(text, options), text.sql());
    }

    private Origin origin(SectionText text) {
        return faults.origin(text.directive().line());
    }

    /** The name that is given, else the kind and how many of it there are so far, from 1. */
    private String name(SectionText text, Options options) {
        String keyword = text.directive().keyword();
        int line = text.directive().line();
        int count = counts.merge(keyword, 1, Integer::sum);
        String given = options.label("name");
        String name = given == null ? keyword + "-" + count : given;
        Origin before = originOfName.putIfAbsent(name, origin(text));
        if (before != null) {
            faults.add(
                    line,
                    "found name '" + name + "' again, expected another: the section "
                            + (before.section() == null ? "in line " + before.line() : before.section())
                            + " is called so");
        }
        return name;
    }
}
