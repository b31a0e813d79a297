package dev.athanor.operation;

import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a new column gets its value in rows that are there.
 *
 * @param add the operation
 */
record ColumnValue(AddColumn add) {
    private static final Set<String> SERIALS =
            Set.of("smallserial", "serial", "bigserial", "serial2", "serial4", "serial8");

    /** Ways to the value. */
    private enum Way {
        /** With the column itself: nothing, or a constant. */
        AT_ONCE,
        /** In batches, from a default that calls functions. */
        DEFAULT,
        /** In batches, and by a trigger until contract. */
        FILLED,
        /** In batches, and by a trigger for ever. */
        STORED,
        /** Never: it is worked out when it is read. */
        VIRTUAL
    }

    private Way way() {
        if (add.generated() != null) {
            return add.virtual() ? Way.VIRTUAL : Way.STORED;
        }
        if (add.up() != null) {
            return Way.FILLED;
        }
        String value = add.column().defaultValue();
        return value != null && callsFunctions(value) ? Way.DEFAULT : Way.AT_ONCE;
    }

    /**
     * Whether a function is called, whose value may be another one for each row. Text cannot tell which functions those
     * are, and one more fill in batches does no harm.
     */
    static boolean callsFunctions(String expression) {
        List<Token> tokens = SqlTokens.ofTemplate(expression).all();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            boolean type = i > 0 && tokens.get(i - 1).isSymbol("::");
            if (tokens.get(i).isName() && tokens.get(i + 1).kind() == TokenKind.OPEN && !type) {
                return true;
            }
        }
        return false;
    }

    void validate(Objections objections) {
        Column column = add.column();
        Names.checkNew(objections, "column", column.name());
        String type = column.type().toLowerCase(Locale.ROOT);
        if (SERIALS.contains(type) || type.contains("generated") || type.contains("identity")) {
            objections.add("found type '" + column.type() + "', expected a plain type: add the column as bigint, and"
                    + " make it an identity by add-identity");
        }
        if (column.notNull() && column.defaultValue() == null && valueOfRows() == null) {
            objections.add("found not-null=true without a default, expected default=… or up=… :"
                    + " rows that are there, and old versions of the application, have no value for the column");
        }
        if (add.generated() != null && (add.up() != null || column.defaultValue() != null)) {
            objections.add("found 'generated' with 'up' or 'default', expected it alone");
        }
        if (add.virtual() && add.generated() == null) {
            objections.add("found virtual=true, expected generated=… with it");
        }
    }

    private @Nullable String valueOfRows() {
        return add.generated() == null ? add.up() : add.generated();
    }

    List<Part> expand() {
        List<Part> parts = new ArrayList<>();
        FillTrigger trigger = trigger();
        if (trigger != null) {
            parts.add(trigger.refusals());
        }
        Column column = add.column();
        if (!CheckedDomain.isPlain(column.type())) {
            parts.add(
                    Part.asks(CheckedDomain.written(add.table(), column.type()).refuse() + ";"));
        }
        String begin = "ADD COLUMN " + Names.quoted(column.name()) + " " + column.type();
        String value = column.defaultValue();
        switch (way()) {
            case AT_ONCE ->
                parts.add(made(
                        begin + (value == null ? "" : " DEFAULT " + value) + (column.notNull() ? " NOT NULL" : "")));
            case VIRTUAL -> {
                parts.add(Guard.before(18, "virtual=true needs PostgreSQL 18: leave it out, and the value is stored"));
                parts.add(made(begin + " GENERATED ALWAYS AS (" + add.generated() + ") VIRTUAL"
                        + (column.notNull() ? " NOT NULL" : "")));
            }
            default -> parts.add(made(begin));
        }
        if (value != null && way() == Way.DEFAULT) {
            parts.add(Part.schema(Alter.column(add.table(), column.name(), "SET DEFAULT " + value)));
        }
        if (trigger != null) {
            parts.add(trigger.create());
        }
        return parts;
    }

    private Part made(String change) {
        String comment = add.comment() == null
                ? ""
                : "COMMENT ON COLUMN " + Names.quoted(add.table()) + "."
                        + Names.quoted(add.column().name()) + " IS " + Names.literal(add.comment()) + ";";
        return Part.schema(Alter.table(add.table(), change) + comment);
    }

    private @Nullable FillTrigger trigger() {
        FillTrigger.When when = way() == Way.STORED ? FillTrigger.When.ALWAYS : FillTrigger.When.DERIVED;
        String value = valueOfRows();
        return value == null || way() == Way.VIRTUAL ? null : new FillTrigger(add.table(), assignment(value), when);
    }

    private Assignment assignment(String value) {
        return new Assignment(add.column().name(), value);
    }

    List<Part> backfill() {
        return switch (way()) {
            case AT_ONCE, VIRTUAL -> List.of();
            case DEFAULT ->
                walk(
                        String.valueOf(add.column().defaultValue()),
                        isNull(),
                        add.column().notNull());
            case FILLED -> walk(String.valueOf(add.up()), isNull() + " AND (" + add.up() + ") IS NOT NULL", true);
            case STORED ->
                walk(
                        String.valueOf(add.generated()),
                        Names.quoted(add.column().name()) + " IS DISTINCT FROM (" + add.generated() + ")",
                        true);
        };
    }

    private String isNull() {
        return Names.quoted(add.column().name()) + " IS NULL";
    }

    private List<Part> walk(String value, String missing, boolean verified) {
        Part fill = Part.backfill(
                        add.table(),
                        "UPDATE " + Names.quoted(add.table()) + " SET "
                                + assignment(value).ofUpdate() + " WHERE ${chunk} AND " + missing + ";")
                .until(isNull());
        Part verify = Part.verify("SELECT count(*) FROM " + Names.quoted(add.table()) + " WHERE " + missing + ";");
        FillTrigger trigger = trigger();
        Part quiet = trigger == null ? fill : fill.with("quiets", trigger.name());
        return verified ? List.of(quiet, verify) : List.of(quiet);
    }

    List<Part> contract() {
        List<Part> parts = new ArrayList<>();
        if (add.column().notNull() && !backfill().isEmpty()) {
            parts.addAll(new NotNull(add.table(), add.column().name()).parts());
        }
        if (way() == Way.FILLED) {
            parts.add(Part.schema(dropTrigger() + defaultValue()));
        }
        return parts;
    }

    /** Not before the trigger goes: rows of old versions would have it, and not what the trigger gives. */
    private String defaultValue() {
        String value = add.column().defaultValue();
        return value == null ? "" : Alter.column(add.table(), add.column().name(), "SET DEFAULT " + value);
    }

    /** Nothing where there is none. */
    String dropTrigger() {
        FillTrigger trigger = trigger();
        return trigger == null ? "" : trigger.drop();
    }
}
