package dev.athanor.plan;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.source.Origin;
import dev.athanor.source.Section;
import dev.athanor.sql.Placeholder;
import dev.athanor.sql.Placeholders;
import dev.athanor.sql.SqlStatement;
import dev.athanor.sql.SqlSyntaxException;
import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.StatementSplitter;
import java.util.List;
import java.util.Map;

/** Makes the steps of one revision. */
final class StepFactory {
    private final String revision;
    private final Map<String, String> placeholders;

    StepFactory(String revision, Map<String, String> placeholders) {
        this.revision = revision;
        this.placeholders = placeholders;
    }

    /**
     * The step of a section.
     *
     * @param ordinal index of the section in its revision
     * @param index how many steps its phase has before it; names a section that has no name of its own
     */
    Step step(Section section, int ordinal, int index) {
        String origin = section.origin().toString();
        if (section instanceof Section.Schema schema) {
            return schema(schema, ordinal, "", index);
        }
        if (section instanceof Section.Verify verify) {
            SqlStatement query = single(SqlTokens.of(replaced(verify.sql())), verify.origin());
            return new Step.VerifyStep(revision, ordinal, verify.name(), origin, query.text());
        }
        Section.Backfill backfill = (Section.Backfill) section;
        return new Step.BackfillStep(
                revision,
                ordinal,
                backfill.name(),
                origin,
                backfill.table(),
                backfill.key(),
                backfill.options(),
                template(backfill),
                backfill.work());
    }

    /** The step of a schema section, called {@code expand[0]} with the prefix in front. */
    Step.SchemaStep schema(Section.Schema schema, int ordinal, String prefix, int index) {
        List<String> statements = statements(SqlTokens.of(replaced(schema.sql())), schema.origin()).stream()
                .map(SqlStatement::text)
                .toList();
        String name = prefix + schema.phase().key() + "[" + index + "]";
        return new Step.SchemaStep(revision, ordinal, name, schema.origin().toString(), schema.options(), statements);
    }

    private String replaced(String sql) {
        return Placeholders.of(sql).replace(placeholders);
    }

    /** Values are put in before and behind the chunk apart, so that none of them can bring a second one. */
    private ChunkTemplate template(Section.Backfill backfill) {
        String sql = backfill.sql();
        Placeholders found = Placeholders.of(sql);
        Placeholder chunk = found.chunks().get(0);
        String before = found.replace(placeholders, 0, chunk.start());
        String after = found.replace(placeholders, chunk.end(), sql.length());
        SqlStatement statement = single(SqlTokens.ofTemplate(before + chunk.text() + after), backfill.origin());
        int end = statement.start()
                + statement.text().length()
                - before.length()
                - chunk.text().length();
        if (statement.start() > before.length() || end < 0) {
            throw invalid(backfill.origin(), "found ${chunk} outside the statement");
        }
        return new ChunkTemplate(before.substring(statement.start()), chunk.alias(), after.substring(0, end));
    }

    private static SqlStatement single(SqlTokens tokens, Origin origin) {
        List<SqlStatement> statements = statements(tokens, origin);
        if (statements.size() != 1) {
            throw invalid(origin, "found " + statements.size() + " statements, expected one");
        }
        return statements.get(0);
    }

    private static List<SqlStatement> statements(SqlTokens tokens, Origin origin) {
        try {
            return StatementSplitter.split(tokens);
        } catch (SqlSyntaxException e) {
            throw invalid(origin, e.problem());
        }
    }

    private static AthanorException invalid(Origin origin, String problem) {
        return new AthanorException(
                FailureKind.USAGE,
                "invalid_sql",
                origin + ": with the values of its placeholders in place, " + problem,
                "Correct the values given with --set or in the configuration, or the section.");
    }
}
