package dev.athanor.lint;

import dev.athanor.lint.Constraint.Kind;
import dev.athanor.lint.Statement.AlterTable;
import dev.athanor.lint.Statement.CreateTable;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** CO5: foreign keys to several live tables in one transaction. */
final class ForeignKeyTargets implements Rule {
    @Override
    public void statement(Site site, Scope scope) {
        Map<QualifiedName, Site> before = new LinkedHashMap<>();
        for (Site other : scope.before(site)) {
            targets(other, scope).forEach(target -> before.putIfAbsent(target, other));
        }
        List<QualifiedName> all = new ArrayList<>(before.keySet());
        targets(site, scope).stream().filter(target -> !all.contains(target)).forEach(all::add);
        boolean addsOne = all.size() > before.size();
        if (addsOne && all.size() > 1 && before.size() < 2) {
            scope.report(site, draft(site, all), before.values().toArray(Site[]::new));
        }
    }

    private static List<QualifiedName> targets(Site site, Scope scope) {
        List<QualifiedName> targets = new ArrayList<>();
        QualifiedName own = new QualifiedName(null, "");
        List<Constraint> keys = new ArrayList<>();
        if (site.statement() instanceof AlterTable alter) {
            own = alter.name();
            alter.actions().forEach(action -> keys.addAll(ForeignKeyIndexes.keys(action)));
        } else if (site.statement() instanceof CreateTable create) {
            own = create.name();
            keys.addAll(keysOf(create));
        }
        for (Constraint key : keys) {
            QualifiedName referenced = key.referenced();
            if (referenced == null
                    || scope.history().key(referenced).equals(scope.history().key(own))) {
                continue;
            }
            if (scope.live(referenced, site)
                    && !targets.contains(scope.history().key(referenced))) {
                targets.add(scope.history().key(referenced));
            }
        }
        return targets;
    }

    static List<Constraint> keysOf(CreateTable create) {
        List<Constraint> keys = new ArrayList<>();
        create.columns().forEach(column -> keys.addAll(column.constraints()));
        keys.addAll(create.constraints());
        keys.removeIf(constraint -> constraint.kind() != Kind.FOREIGN_KEY);
        return keys;
    }

    private static Draft draft(Site site, List<QualifiedName> targets) {
        String names =
                String.join(" and ", targets.stream().map(QualifiedName::quoted).toList());
        return new Draft(
                LintRule.CO5,
                targets.get(targets.size() - 1),
                LockMode.SHARE_ROW_EXCLUSIVE,
                "Foreign keys to " + names
                        + " in one transaction lock these tables together until it ends: writes to all of them wait, and"
                        + " two such transactions can deadlock.",
                "-- one section for each foreign key:\n-- athanor:expand\n" + site.text() + ";");
    }
}
