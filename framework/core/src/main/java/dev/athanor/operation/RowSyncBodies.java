package dev.athanor.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the functions of a {@link RowSync} do. All of them write what stands in the tables by then, and not what the trigger
 * was told, which a trigger of the application may have changed again.
 *
 * @param sync they belong to
 */
record RowSyncBodies(RowSync sync) {
    /** The body of a trigger function; the first letter says of which table, the second what for. */
    String of(String letters) {
        return switch (letters) {
            case "on" ->
                head(
                        "",
                        sync.old().columns().stream()
                                .map(column -> "  NEW." + Names.quoted(column) + " := NULL;\n")
                                .collect(Collectors.joining()),
                        "RETURN NEW;");
            case "oi" -> head("", writing(insert(sync.old().key("NEW"), sync.filledOnly())), "RETURN NULL;");
            case "ou" -> updated();
            case "od" -> deleted();
            case "yt" -> made();
            case "yg" -> given();
            case "yd" -> withdrawn();
            default -> throw new IllegalArgumentException(letters);
        };
    }

    String judge() {
        return sync.locks()
                .judge("EXISTS (SELECT FROM " + sync.joined() + " WHERE "
                        + sync.old().key("own") + " = athanor_key AND " + sync.wrong() + ")");
    }

    private String updated() {
        String key = sync.old().key("NEW");
        return head(
                "  athanor_waited boolean := false;\n",
                sync.locks()
                                .holdingOld(
                                        sync.young().name(),
                                        Names.quoted(sync.young().key()),
                                        key)
                        + writing((sync.filledOnly() ? dropEmpty(key) : "")
                                + merge(key)
                                + settle(key)
                                + insert(key, true)),
                "RETURN NULL;");
    }

    private String deleted() {
        String key = sync.old().key("OLD");
        String delete = "  DELETE FROM " + sync.young().name() + " AS pair WHERE "
                + sync.young().key("pair") + " = " + key + ";\n";
        return head(
                "  athanor_waited boolean := false;\n",
                sync.locks()
                                .holdingOld(
                                        sync.young().name(),
                                        Names.quoted(sync.young().key()),
                                        key)
                        + (sync.cascade() ? "" : writing(delete)),
                "RETURN OLD;");
    }

    /** The old row is locked first. What a new row leaves out is taken from it: perhaps nobody has filled the row yet. */
    private String made() {
        String key = sync.young().key("NEW");
        List<String> values = new ArrayList<>();
        for (int i = 0; i < sync.old().columns().size(); i++) {
            values.add("coalesce(NEW." + young(i) + ", own." + old(i) + ")");
        }
        return head(
                "  athanor_waited boolean := false;\n  athanor_owned boolean;\n",
                "  PERFORM FROM " + sync.old().name() + " AS own WHERE "
                        + sync.old().key("own") + " = " + key + " FOR NO KEY UPDATE;\n  athanor_owned := FOUND;\n"
                        + "  IF EXISTS (SELECT FROM " + sync.young().name() + " AS pair WHERE "
                        + sync.young().key("pair") + " = " + key + ") THEN\n"
                        + sync.locks()
                                .holdingOld(
                                        sync.young().name(),
                                        Names.quoted(sync.young().key()),
                                        key)
                        + "  IF athanor_waited THEN\n" + writing(settle(key)) + "  END IF;\n"
                        + "  ELSIF athanor_owned THEN\n  SELECT " + String.join(", ", values) + " INTO "
                        + sync.young().of("NEW") + " FROM " + sync.old().name() + " AS own WHERE "
                        + sync.old().key("own") + " = " + key + ";\n  END IF;\n",
                "RETURN NEW;");
    }

    private String given() {
        String key = sync.young().key("NEW");
        String left = "  IF TG_OP = 'UPDATE' THEN\n" + empty(sync.young().key("OLD")) + "  END IF;\n";
        return head(
                "",
                sync.locks()
                                .holdingNew(
                                        sync.old().name(),
                                        Names.quoted(sync.old().key()),
                                        key)
                        + writing(left + settle(key)),
                "RETURN NULL;");
    }

    private String withdrawn() {
        String key = sync.young().key("OLD");
        return head(
                "",
                sync.locks()
                                .holdingNew(
                                        sync.old().name(),
                                        Names.quoted(sync.old().key()),
                                        key)
                        + writing(empty(key)),
                "RETURN NULL;");
    }

    /** The old row takes what the new one has. */
    private String settle(String key) {
        return "  UPDATE " + sync.old().name() + " AS own SET " + assigned(sync.old(), sync.young(), "pair") + " FROM "
                + sync.young().name() + " AS pair WHERE " + pairs(key) + " AND "
                + SyncTrigger.differ(sync.old().of("own"), sync.young().of("pair")) + ";\n";
    }

    /** The new row takes what has just been changed in the old one; the rest may have been written on the other side. */
    private String merge(String key) {
        List<String> set = new ArrayList<>();
        for (int i = 0; i < sync.old().columns().size(); i++) {
            set.add(young(i) + " = " + merged(i));
        }
        return "  UPDATE " + sync.young().name() + " AS pair SET " + String.join(", ", set) + " FROM "
                + sync.old().name() + " AS own WHERE " + pairs(key) + " AND "
                + SyncTrigger.differ(sync.young().of("pair"), allMerged()) + ";\n";
    }

    private String dropEmpty(String key) {
        return "  DELETE FROM " + sync.young().name() + " AS pair USING "
                + sync.old().name() + " AS own WHERE " + pairs(key) + " AND num_nonnulls(" + allMerged() + ") = 0;\n";
    }

    private String allMerged() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < sync.old().columns().size(); i++) {
            all.add(merged(i));
        }
        return String.join(", ", all);
    }

    private String merged(int i) {
        return "CASE WHEN " + SyncTrigger.differ("OLD." + old(i), "NEW." + old(i)) + " THEN own." + old(i)
                + " ELSE pair." + young(i) + " END";
    }

    private String insert(String key, boolean someOnly) {
        return "  INSERT INTO " + sync.young().name() + " ("
                + Names.quoted(sync.young().key()) + ", "
                + Names.quoted(sync.young().columns()) + ") SELECT "
                + sync.old().key("own") + ", "
                + sync.old().of("own") + " FROM " + sync.old().name() + " AS own WHERE "
                + sync.old().key("own") + " = " + key
                + (someOnly ? " AND num_nonnulls(" + sync.old().of("own") + ") > 0" : "")
                + " ON CONFLICT (" + Names.quoted(sync.young().key()) + ") DO NOTHING;\n";
    }

    /** The columns of an old row that no new one belongs to any more. */
    private String empty(String key) {
        String nulls = sync.old().columns().stream()
                .map(column -> Names.quoted(column) + " = NULL")
                .collect(Collectors.joining(", "));
        return "  UPDATE " + sync.old().name() + " AS own SET " + nulls + " WHERE "
                + sync.old().key("own") + " = " + key + " AND num_nonnulls("
                + sync.old().of("own") + ") > 0 AND NOT EXISTS (SELECT FROM "
                + sync.young().name()
                + " AS pair WHERE " + sync.young().key("pair") + " = "
                + sync.old().key("own") + ");\n";
    }

    private String pairs(String key) {
        return sync.old().key("own") + " = " + key + " AND " + sync.young().key("pair") + " = "
                + sync.old().key("own");
    }

    private static String assigned(RowSync.Side to, RowSync.Side from, String row) {
        List<String> set = new ArrayList<>();
        for (int i = 0; i < to.columns().size(); i++) {
            set.add(Names.quoted(to.columns().get(i)) + " = " + row + "."
                    + Names.quoted(from.columns().get(i)));
        }
        return String.join(", ", set);
    }

    private String old(int i) {
        return Names.quoted(sync.old().columns().get(i));
    }

    private String young(int i) {
        return Names.quoted(sync.young().columns().get(i));
    }

    private String writing(String statements) {
        return "  " + sync.locks().begin() + "\n" + statements + "  "
                + sync.locks().end() + "\n";
    }

    private static String head(String variables, String statements, String last) {
        return "\n#variable_conflict use_column\n" + (variables.isEmpty() ? "" : "DECLARE\n" + variables) + "BEGIN\n"
                + statements + "  " + last + "\nEND\n";
    }
}
