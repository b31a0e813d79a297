package dev.athanor.operation;

import dev.athanor.sql.Literal;
import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps old and new columns of one row in step while old and new versions of the application write both. It changes the
 * row that is being written, before it is written, so it cannot loop.
 *
 * <p>Which side was written is told by the session setting {@value #WRITER}, {@code old} or {@code new}; where it is not
 * set, by what was given (INSERT) or has changed (UPDATE). Whoever changes both sides in one UPDATE has written both
 * himself, and both are left as they are. The operation's own backfill sets {@value #BACKFILL} to this trigger's name,
 * which is how it does not fire.
 *
 * @param table both sides are columns of it
 * @param name of the function, and of both triggers behind {@code zz_}, so that they fire behind the application's own
 *     triggers (the server fires by name) and see what those have made of the row
 * <p>It fires with {@code session_replication_role = replica} too: bulk loads that switch triggers off would leave the
 * other side behind, and nobody would know.
 *
 * @param up new columns from old ones
 * @param down old columns from new ones; none when nobody writes the new columns, which then always follow
 */
record SyncTrigger(QualifiedName table, String name, List<Assignment> up, List<Assignment> down) {
    static final String WRITER = "athanor.writer";
    static final String BACKFILL = "athanor.backfill";

    SyncTrigger {
        up = List.copyOf(up);
        down = List.copyOf(down);
    }

    /** A trigger that is called by the operation it belongs to. */
    static SyncTrigger of(QualifiedName table, List<Assignment> up, List<Assignment> down) {
        String[] columns = Stream.concat(Stream.of(table.name()), up.stream().map(Assignment::column))
                .toArray(String[]::new);
        return new SyncTrigger(table, Names.own("sync", columns), up, down);
    }

    /** Makes the function and its triggers. */
    String create() {
        return String.join(";\n", statements()) + ";\n";
    }

    /** Makes the function and its triggers, one statement each. */
    List<String> statements() {
        return List.of(keeper(), onInsert(), onUpdate() + execute(), fires("insert"), fires("update"));
    }

    /**
     * Queries that give the statements, for expressions over other columns than those of the two sides: the trigger then
     * depends on all that are read.
     */
    List<String> queries() {
        List<String> queries = new ArrayList<>();
        queries.add(Belongings.statement(keeper()));
        queries.add(Belongings.statement(onInsert()));
        queries.add("SELECT " + Names.statement(onUpdate()) + " || " + reads().always() + " || "
                + Names.statement(execute()));
        queries.add(Belongings.statement(fires("insert")));
        queries.add(Belongings.statement(fires("update")));
        return queries;
    }

    /** Queries that refuse what the trigger would get wrong. */
    List<String> refusals() {
        return Reads.of(
                        table,
                        Stream.concat(up.stream(), down.stream())
                                .map(Assignment::expression)
                                .toList())
                .refusals();
    }

    private Reads reads() {
        List<Assignment> all = Stream.concat(up.stream(), down.stream()).toList();
        return Reads.of(table, all.stream().map(Assignment::expression).toList())
                .and(all.stream().map(Assignment::column).toList());
    }

    /** The statement by which a trigger fires with {@code session_replication_role = replica} too. */
    static String fires(QualifiedName table, String trigger) {
        return "ALTER TABLE " + Names.quoted(table) + " ENABLE ALWAYS TRIGGER " + Names.quoted(trigger);
    }

    private String fires(String suffix) {
        return fires(table, triggerName(suffix));
    }

    /** The function alone, whose comment holds what belongs to the columns, for applications that write both sides. */
    String keeper() {
        return "CREATE FUNCTION " + Names.quoted(function())
                + "() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS " + Literal.dollarQuote(body());
    }

    private String quiet() {
        return "current_setting('" + BACKFILL + "', true) IS DISTINCT FROM " + Names.literal(name);
    }

    /** Expressions of one way may read any column, so that way looks at every change. */
    private String changed() {
        return down.isEmpty()
                ? ""
                : " AND "
                        + differ(
                                columns("OLD", down) + ", " + columns("OLD", up),
                                columns("NEW", down) + ", " + columns("NEW", up));
    }

    private String onInsert() {
        return trigger("insert", "INSERT", quiet()) + execute();
    }

    /** Without what ends its condition. */
    private String onUpdate() {
        return trigger("update", "UPDATE", quiet() + changed());
    }

    private String trigger(String suffix, String event, String condition) {
        return "CREATE TRIGGER " + Names.quoted(triggerName(suffix)) + " BEFORE " + event + " ON " + Names.quoted(table)
                + " FOR EACH ROW WHEN (" + condition;
    }

    private String execute() {
        return ") EXECUTE FUNCTION " + Names.quoted(function()) + "()";
    }

    /** Takes both away, also when only a part is there. */
    String drop() {
        return String.join(";\n", dropTriggers()) + ";\n" + dropFunction() + ";\n";
    }

    List<String> dropTriggers() {
        return List.of(dropTrigger("insert"), dropTrigger("update"));
    }

    String dropFunction() {
        return "DROP FUNCTION IF EXISTS " + Names.quoted(function()) + "()";
    }

    private String dropTrigger(String suffix) {
        return "DROP TRIGGER IF EXISTS " + Names.quoted(triggerName(suffix)) + " ON " + Names.quoted(table);
    }

    QualifiedName function() {
        return Names.beside(table, name);
    }

    /** One letter tells the two apart, because the function's name may fill what room there is. */
    private String triggerName(String suffix) {
        String begin = "zz_" + suffix.charAt(0) + "_";
        String rest = name.substring("athanor_".length());
        return begin + rest;
    }

    /** Whether two lists of values differ, by their bytes: json, xml and others have no equality. */
    static String differ(String some, String others) {
        return "pg_catalog.record_image_ne(ROW(" + some + "), ROW(" + others + "))";
    }

    private static String columns(String row, List<Assignment> assignments) {
        return assignments.stream()
                .map(assignment -> row + "." + Names.quoted(assignment.column()))
                .collect(Collectors.joining(", "));
    }

    private String body() {
        return down.isEmpty()
                ? "\n#variable_conflict use_column\nBEGIN\n  " + assign(up) + "\n  RETURN NEW;\nEND\n"
                : bothWays();
    }

    private String bothWays() {
        String upChanged = differ(columns("OLD", up), columns("NEW", up));
        String downChanged = differ(columns("OLD", down), columns("NEW", down));
        return """

                #variable_conflict use_column
                DECLARE
                  writer text := current_setting('athanor.writer', true);
                  new_written boolean;
                  old_written boolean;
                BEGIN
                  IF TG_OP = 'INSERT' THEN
                    new_written := num_nonnulls(%s) > 0;
                    old_written := NOT new_written;
                  ELSE
                    new_written := %s;
                    old_written := %s;
                  END IF;
                  IF writer = 'new' OR (writer IS DISTINCT FROM 'old' AND new_written AND NOT old_written) THEN
                    IF TG_OP = 'UPDATE' AND num_nonnulls(%s) = 0 THEN
                %s    END IF;
                    %s
                  ELSIF writer = 'old' OR (old_written AND NOT new_written) THEN
                    %s
                  END IF;
                  RETURN NEW;
                END
                """.formatted(
                        columns("NEW", up),
                        upChanged,
                        downChanged,
                        columns("OLD", up),
                        fillUnwritten(),
                        assign(down),
                        assign(up));
    }

    /** In a row that the backfill has not come to yet, what the writer has left out is not empty: nobody has filled it. */
    private String fillUnwritten() {
        return up.stream()
                .map(one -> "      IF NEW." + Names.quoted(one.column()) + " IS NULL THEN SELECT (" + one.expression()
                        + ") INTO NEW." + Names.quoted(one.column()) + " FROM (SELECT OLD.*) AS "
                        + Names.quoted(table.name()) + "; END IF;\n")
                .collect(Collectors.joining());
    }

    /** The columns stand under their own names and under the table's, as in a query of the table. */
    private String assign(List<Assignment> assignments) {
        String expressions = assignments.stream()
                .map(assignment -> "(" + assignment.expression() + ")")
                .collect(Collectors.joining(", "));
        return "SELECT " + expressions + " INTO " + columns("NEW", assignments) + " FROM (SELECT NEW.*) AS "
                + Names.quoted(table.name()) + ";";
    }
}
