package dev.athanor.source;

import static dev.athanor.operation.Constraints.*;
import static dev.athanor.operation.Definitions.*;
import static dev.athanor.operation.Operations.*;
import static dev.athanor.operation.Replacements.*;
import static dev.athanor.operation.SqlTypes.INTEGER;

import dev.athanor.migration.Migration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The Java example of each operation's page, as it stands there. */
final class JavaExamples {
    private static final Map<String, Migration> ALL = Map.ofEntries(
            example(
                    "add-check",
                    migration ->
                            migration.operation(addCheck("tickets", "priority_known", "priority BETWEEN 0 AND 3"))),
            example(
                    "add-column",
                    migration -> migration.operation(
                            addColumn("tickets", column("priority", INTEGER).asNotNull())
                                    .up("CASE status WHEN 'urgent' THEN 1 ELSE 2 END")
                                    .comment("1 is most urgent"))),
            example(
                    "add-foreign-key",
                    migration -> migration.operation(
                            addForeignKey("tickets", "tickets_customer", List.of("customer_id"), "customers(id)")
                                    .onDelete("cascade")
                                    .index("ix_tickets_customer"))),
            example(
                    "add-identity",
                    migration -> migration.operation(addIdentity("tickets", "id", "nextval('tickets_id_seq')"))),
            example(
                    "add-primary-key",
                    migration -> migration.operation(
                            addPrimaryKey("ticket_lines", "ticket_lines_key", "ticket_id", "position")
                                    .nullable("position"))),
            example(
                    "add-unique",
                    migration -> migration.operation(addUnique("customers", "customers_email", "email", "region"))),
            example(
                    "alter-enum",
                    migration -> migration.operation(addLabelAfter("ticket_status", "waiting", "in progress"))),
            example(
                    "alter-sequence",
                    migration ->
                            migration.operation(alterSequence("ticket_numbers", "INCREMENT BY 1", "INCREMENT BY 10"))),
            example(
                    "bulk-insert",
                    migration -> migration.operation(bulkInsert(
                                    "statuses",
                                    List.of("code", "title"),
                                    List.of("code"),
                                    "('new', 'New'), ('open', 'Being worked on')")
                            .onConflictNothing())),
            example(
                    "change-type",
                    migration -> migration.operation(
                            changeType("tickets", "priority", "bigint").was("integer"))),
            example(
                    "comment",
                    migration ->
                            migration.operation(commentOnColumn("tickets", "priority", "1 is most urgent", "urgency"))),
            example(
                    "create-enum",
                    migration -> migration.operation(createEnum("ticket_status", "new", "in progress", "closed"))),
            example(
                    "create-function",
                    migration -> migration.operation(
                            createFunction(
                                    "normalised(text)",
                                    "CREATE FUNCTION normalised(email text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT lower(trim(email)) $$;"))),
            example(
                    "create-index",
                    migration -> migration.operation(
                            createIndexOn("tickets", "ix_tickets_subject", "lower(subject), created_at DESC")
                                    .include("customer_id")
                                    .unique()
                                    .where("deleted_at IS NULL"))),
            example(
                    "create-sequence",
                    migration ->
                            migration.operation(createSequence("ticket_numbers", "START WITH 1000 INCREMENT BY 10"))),
            example("create-table", migration -> migration.operation(createTable("ticket_notes", """
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        ticket_id bigint NOT NULL REFERENCES tickets,
        note text NOT NULL"""))),
            example(
                    "create-trigger",
                    migration -> migration.operation(
                            createTrigger(
                                    "tickets",
                                    "tickets_touched",
                                    "CREATE TRIGGER tickets_touched BEFORE UPDATE ON tickets FOR EACH ROW EXECUTE FUNCTION touched();"))),
            example(
                    "create-view",
                    migration -> migration.operation(
                            createView("open_tickets", "SELECT id, subject FROM tickets WHERE closed_at IS NULL"))),
            example(
                    "drop-check",
                    migration ->
                            migration.operation(dropCheck("tickets", "priority_known", "priority BETWEEN 0 AND 3"))),
            example(
                    "drop-column",
                    migration -> migration.operation(
                            dropColumn("tickets", column("priority", INTEGER).asNotNull())
                                    .down("CASE status WHEN 'urgent' THEN 1 ELSE 2 END")
                                    .after("CREATE INDEX CONCURRENTLY ix_tickets_priority ON tickets (priority);"))),
            example("drop-default", migration -> migration.operation(dropDefault("tickets", "status", "'open'"))),
            example(
                    "drop-foreign-key",
                    migration -> migration.operation(
                            dropForeignKey("tickets", "tickets_customer", List.of("customer_id"), "customers(id)")
                                    .onDelete("cascade"))),
            example("drop-identity", migration -> migration.operation(dropIdentity("tickets", "id", true))),
            example(
                    "drop-index",
                    migration -> migration.operation(
                            dropIndex(createIndexOn("tickets", "ix_tickets_subject", "lower(subject), created_at DESC")
                                    .where("deleted_at IS NULL")))),
            example("drop-not-null", migration -> migration.operation(dropNotNull("tickets", "priority", "2"))),
            example(
                    "drop-primary-key",
                    migration -> migration.operation(
                            dropPrimaryKey("ticket_lines", "ticket_lines_key", "ticket_id", "position"))),
            example(
                    "drop-sequence",
                    migration -> migration.operation(dropSequence("ticket_numbers", "START WITH 5000"))),
            example("drop-table", migration -> migration.operation(dropTable("ticket_notes", """
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        note text NOT NULL"""))),
            example(
                    "drop-unique",
                    migration -> migration.operation(dropUnique("customers", "customers_email", "email", "region"))),
            example(
                    "enum-to-text",
                    migration ->
                            migration.operation(enumToText("tickets", "status").was("ticket_status"))),
            example("merge-columns", migration -> {
                LinkedHashMap<String, String> down = new LinkedHashMap<>();
                down.put("street", "address ->> 'street'");
                down.put("town", "address ->> 'town'");
                migration.operation(mergeColumns(
                                "people",
                                down,
                                column("address", "jsonb"),
                                "jsonb_build_object('street', street, 'town', town)")
                        .was("text", "text"));
            }),
            example(
                    "extract-table",
                    migration -> migration.operation(
                            extractTable("customers", List.of("street", "city"), "addresses", "id", "customer_id")
                                    .onDelete("cascade"))),
            example(
                    "move-column",
                    migration ->
                            migration.operation(moveColumn("tickets", "note", "ticket_details", "id", "ticket_id"))),
            example(
                    "replace-primary-key",
                    migration -> migration.operation(replacePrimaryKey("tickets", "id", "bigint")
                            .was("integer")
                            .with("comments(ticket_id)")
                            .with("audit.events(ticket_id)"))),
            example("split-column", migration -> {
                LinkedHashMap<String, String> up = new LinkedHashMap<>();
                up.put("first_name", "split_part(name, ' ', 1)");
                up.put("last_name", "nullif(split_part(name, ' ', 2), '')");
                migration.operation(splitColumn("people", "name", "text", up, "concat_ws(' ', first_name, last_name)")
                        .was("text"));
            }),
            example(
                    "text-to-enum",
                    migration -> migration.operation(
                            textToEnum("tickets", "status", "ticket_status").by("lower(status)::ticket_status"))),
            example("version-view", migration -> {
                migration.operation(
                        versionView("tickets", "desk_v1", "id, status").ofOldVersion());
                migration.operation(renameColumn("tickets", "status", "state"));
                migration.operation(versionView("tickets", "desk_v2", "id, state"));
            }),
            example("rename-column", migration -> migration.operation(renameColumn("tickets", "status", "state"))),
            example("rename-table", migration -> migration.operation(renameTable("tickets", "cases"))),
            example(
                    "set-default",
                    migration -> migration.operation(setDefault("tickets", "status", "'new'", "'open'"))),
            example(
                    "set-not-null",
                    migration -> migration.operation(
                            setNotNull("tickets", "priority", "CASE status WHEN 'urgent' THEN 1 ELSE 2 END"))),
            example(
                    "sql",
                    migration -> migration.operation(
                            statements("CREATE EXTENSION IF NOT EXISTS citext;", "DROP EXTENSION citext;"))));

    private JavaExamples() {}

    private static Map.Entry<String, Migration> example(String keyword, Migration migration) {
        return Map.entry(keyword, migration);
    }

    static Migration of(String keyword) {
        return Objects.requireNonNull(ALL.get(keyword), "no Java example of " + keyword);
    }
}
