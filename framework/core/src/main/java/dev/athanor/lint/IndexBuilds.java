package dev.athanor.lint;

import dev.athanor.lint.Statement.CreateIndex;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import java.util.List;

/** CREATE INDEX: IX1 to IX5. */
final class IndexBuilds implements Rule {
    /** Minor versions of 14 whose concurrent builds may leave rows out of the index. */
    private static final int LAST_BUGGY_14 = 3;

    @Override
    public void statement(Site site, Scope scope) {
        if (!(site.statement() instanceof CreateIndex index)) {
            return;
        }
        QualifiedName table = index.table();
        if (!index.concurrently()) {
            plain(site, index, scope);
            return;
        }
        if (scope.history().table(table).partitioned) {
            scope.report(site, partitioned(index));
        }
        if (site.inTransaction()) {
            scope.report(site, insideTransaction(site, table));
        }
        if (index.name() == null || index.ifNotExists()) {
            scope.report(site, ambiguous(site, index));
        }
        if (isBuggy(scope.version())) {
            scope.report(site, buggy(table, "CREATE INDEX CONCURRENTLY", scope.version(), site.text()));
        }
    }

    static boolean isBuggy(PgVersion version) {
        return version.major() == 14 && version.minor() != null && version.minor() <= LAST_BUGGY_14;
    }

    static Draft buggy(QualifiedName table, String command, PgVersion version, String text) {
        return Draft.of(
                LintRule.IX5,
                table,
                command + " on PostgreSQL " + version + " may leave rows out of the index without an error: queries on "
                        + table + " then miss rows. 14.4 mends it.",
                "-- upgrade the server to 14.4 or later, then:\n" + text + ";");
    }

    private static void plain(Site site, CreateIndex index, Scope scope) {
        TableState state = scope.history().table(index.table());
        boolean parentAlone = index.only() && (state.partitioned || !state.madeHere());
        if (parentAlone || !scope.live(index.table(), site)) {
            return;
        }
        String table = index.table().quoted();
        scope.report(
                site,
                new Draft(
                        LintRule.IX1,
                        index.table(),
                        LockMode.SHARE,
                        "CREATE INDEX takes a SHARE lock on " + table
                                + ": every write to it waits until the index is built.",
                        Safe.AUTOCOMMIT + concurrently(site, index) + ";"));
    }

    /** The statement with CONCURRENTLY and a name, and without IF NOT EXISTS. */
    static String concurrently(Site site, CreateIndex index) {
        String unguarded = site.text().replaceFirst("(?i)\\bif\\s+not\\s+exists\\b\\s*", "");
        String text =
                index.concurrently() ? unguarded : unguarded.replaceFirst("(?i)\\bindex\\b", "INDEX CONCURRENTLY");
        return index.name() != null
                ? text
                : text.replaceFirst(
                        "(?i)\\bconcurrently\\b",
                        java.util.regex.Matcher.quoteReplacement("CONCURRENTLY " + QualifiedName.quote(name(index))));
    }

    private static String name(CreateIndex index) {
        String first = index.keys().isEmpty() || index.keys().get(0).column() == null
                ? "expression"
                : index.keys().get(0).column();
        return Safe.name("ix", index.table().name(), first);
    }

    static Draft insideTransaction(Site site, QualifiedName about) {
        return Draft.of(
                LintRule.IX3,
                about,
                "The server refuses this statement inside a transaction.",
                Safe.AUTOCOMMIT + site.text() + ";");
    }

    private static Draft ambiguous(Site site, CreateIndex index) {
        String why = index.name() == null
                ? "The server names the index. A build that fails leaves an invalid index behind under a name that nobody"
                        + " knows, and the next try leaves another one."
                : "A build that fails leaves an invalid index behind, and IF NOT EXISTS then takes it for the finished one.";
        String name = QualifiedName.quote(index.name() == null ? name(index) : index.name());
        return Draft.of(
                LintRule.IX4,
                index.table(),
                why,
                Safe.AUTOCOMMIT + "-- a failed build of this name is dropped before each new try\n"
                        + concurrently(site, index) + ";\n-- then: SELECT indisvalid FROM pg_index WHERE indexrelid = '"
                        + name.replace("'", "''") + "'::regclass;");
    }

    private static Draft partitioned(CreateIndex index) {
        String table = index.table().quoted();
        String name = QualifiedName.quote(index.name() == null ? name(index) : index.name());
        String leaf = QualifiedName.quote(Safe.name(index.name() == null ? name(index) : index.name(), "p1"));
        List<String> keys = index.keys().stream().map(key -> key.text().text()).toList();
        String unique = index.unique() ? "UNIQUE " : "";
        String columns = " (" + String.join(", ", keys) + ")";
        return Draft.of(
                LintRule.IX2,
                index.table(),
                table + " is partitioned: the server refuses to build an index on it concurrently.",
                "CREATE " + unique + "INDEX " + name + " ON ONLY " + table + columns + ";\n" + Safe.AUTOCOMMIT
                        + "-- for each partition:\nCREATE " + unique + "INDEX CONCURRENTLY " + leaf
                        + " ON PARTITION" + columns + ";\n-- athanor:expand\nALTER INDEX " + name + " ATTACH PARTITION "
                        + leaf + ";");
    }
}
