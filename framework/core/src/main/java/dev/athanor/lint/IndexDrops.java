package dev.athanor.lint;

import dev.athanor.lint.Statement.Drop;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;

/** DROP INDEX: IX2, IX3, IX6. */
final class IndexDrops implements Rule {
    @Override
    public void statement(Site site, Scope scope) {
        if (!(site.statement() instanceof Drop drop) || !drop.kind().equals("index")) {
            return;
        }
        List<QualifiedName> plain = new ArrayList<>();
        for (QualifiedName name : drop.names()) {
            IndexState known = scope.history().index(name).orElse(null);
            boolean partitioned = known != null && known.partitioned();
            if (drop.concurrently() && known != null && partitioned) {
                scope.report(
                        site,
                        Draft.of(
                                LintRule.IX2,
                                known.table(),
                                name + " belongs to the partitioned table " + known.table()
                                        + ": the server refuses to drop it concurrently.",
                                "DROP INDEX " + name.quoted() + ";"));
            }
            if (!drop.concurrently() && !partitioned && (known == null || scope.live(known.table(), site))) {
                plain.add(name);
            }
        }
        if (drop.concurrently() && site.inTransaction()) {
            scope.report(site, IndexBuilds.insideTransaction(site, drop.names().get(0)));
        }
        if (!plain.isEmpty()) {
            scope.report(site, exclusive(plain, scope));
        }
    }

    private static Draft exclusive(List<QualifiedName> names, Scope scope) {
        IndexState known = scope.history().index(names.get(0)).orElse(null);
        StringBuilder safe = new StringBuilder(Safe.AUTOCOMMIT);
        names.forEach(name -> safe.append("DROP INDEX CONCURRENTLY IF EXISTS ")
                .append(name.quoted())
                .append(";\n"));
        return new Draft(
                LintRule.IX6,
                known == null ? null : known.table(),
                LockMode.ACCESS_EXCLUSIVE,
                "DROP INDEX takes an ACCESS EXCLUSIVE lock on "
                        + (known == null ? "the table of " + names.get(0) : known.table())
                        + ": reads and writes wait for it, and behind it as long as it waits itself.",
                safe.toString().strip());
    }
}
