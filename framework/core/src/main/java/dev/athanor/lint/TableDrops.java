package dev.athanor.lint;

import dev.athanor.lint.Statement.CreateTable;
import dev.athanor.lint.Statement.Drop;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import java.util.List;

/** Dropped tables, schemas and databases: TB3 to TB6, TB15, TB16. */
final class TableDrops implements Rule {
    @Override
    public void statement(Site site, Scope scope) {
        if (site.statement() instanceof Drop drop) {
            switch (drop.kind()) {
                case "table" -> drop.names().forEach(name -> table(site, name, scope));
                case "foreign table" -> drop.names().forEach(name -> foreignTable(site, name, scope));
                case "database" -> scope.report(site, database(drop));
                case "schema" -> schema(site, drop, scope);
                default -> {}
            }
        } else if (site.statement() instanceof CreateTable create) {
            scope.history()
                    .droppedTable(create.name())
                    .filter(dropped -> Scope.undoes(dropped) == Scope.undoes(site))
                    .ifPresent(dropped -> scope.report(dropped, again(create.name()), site));
        }
    }

    private static void table(Site site, QualifiedName name, Scope scope) {
        if (!scope.live(name, site)) {
            return;
        }
        if (site.inSectionOf(SectionKind.EXPAND)) {
            scope.report(
                    site,
                    new Draft(
                            LintRule.TB3,
                            name,
                            LockMode.ACCESS_EXCLUSIVE,
                            "Running code that uses " + name + " fails when it is gone, and its rows are lost.",
                            "-- when no code uses it any more:\n" + Safe.LATER + "DROP TABLE IF EXISTS " + name.quoted()
                                    + ";"));
        }
        List<Constraint> keys = scope.history().table(name).foreignKeys();
        if (keys.size() > 1) {
            scope.report(site, manyKeys(name, keys));
        }
    }

    /** Its rows are elsewhere, and stay. */
    private static void foreignTable(Site site, QualifiedName name, Scope scope) {
        if (site.inSectionOf(SectionKind.EXPAND) && scope.live(name, site)) {
            scope.report(
                    site,
                    new Draft(
                            LintRule.TB16,
                            name,
                            LockMode.ACCESS_EXCLUSIVE,
                            "Running code that uses " + name + " fails when it is gone.",
                            "-- when no code uses it any more:\n" + Safe.LATER + "DROP FOREIGN TABLE IF EXISTS "
                                    + name.quoted() + ";"));
        }
    }

    private static Draft manyKeys(QualifiedName name, List<Constraint> keys) {
        StringBuilder safe = new StringBuilder("-- a section for each:\n");
        StringBuilder tables = new StringBuilder();
        for (Constraint key : keys) {
            safe.append(Safe.alter(
                            name, "DROP CONSTRAINT IF EXISTS " + QualifiedName.quote(ForeignKeys.name(name, key))))
                    .append('\n');
            tables.append(tables.isEmpty() ? "" : ", ").append(key.referenced());
        }
        return new Draft(
                LintRule.TB4,
                name,
                LockMode.ACCESS_EXCLUSIVE,
                "DROP TABLE takes an ACCESS EXCLUSIVE lock on every table that " + name + " references (" + tables
                        + ") at once.",
                safe + "DROP TABLE IF EXISTS " + name.quoted() + ";");
    }

    private static Draft again(QualifiedName name) {
        return Draft.of(
                LintRule.TB5,
                name,
                "The revision drops " + name + " and creates it again: its rows are lost.",
                "-- change the table in place, or create the new one under another name and copy the rows by a backfill");
    }

    private static Draft database(Drop drop) {
        return Draft.of(
                LintRule.TB6,
                "A migration never drops a database: " + drop.names().get(0) + " and all in it would be lost.",
                "-- do it by hand, when it is meant");
    }

    private static void schema(Site site, Drop drop, Scope scope) {
        for (QualifiedName name : drop.names()) {
            boolean made = scope.history().madeIn(History.schemaKey(name.name())) == site.transaction();
            if (!made && site.inSectionOf(SectionKind.EXPAND)) {
                scope.report(
                        site,
                        Draft.of(
                                LintRule.TB15,
                                "Running code that uses tables in the schema " + name + " fails when it is gone"
                                        + (drop.cascade() ? ", and all that is in it is lost." : "."),
                                "-- when no code uses it any more, and it is empty:\n" + Safe.LATER
                                        + "DROP SCHEMA IF EXISTS " + name.quoted() + ";"));
            }
        }
    }
}
