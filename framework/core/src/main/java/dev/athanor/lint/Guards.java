package dev.athanor.lint;

import dev.athanor.lint.Statement.AlterTable;
import dev.athanor.sql.QualifiedName;
import java.util.Locale;

/** TX5: statements of a section in autocommit that fail when they run a second time. */
final class Guards implements Rule {
    @Override
    public void statement(Site site, Scope scope) {
        if (site.section().transactional() || site.inTransaction()) {
            return;
        }
        Statement statement = site.statement();
        boolean fails = statement instanceof AlterTable alter
                ? alter.actions().stream().anyMatch(action -> failsTwice(alter, action))
                : failsTwice(statement) || statement instanceof Statement.Rows && makesTable(site);
        if (fails) {
            scope.report(
                    site,
                    Draft.of(
                            LintRule.TX5,
                            "The section is no transaction: when it is cut off, it runs again, and this statement fails because"
                                    + " its work is done already.",
                            safe(site)));
        }
    }

    /** {@code SELECT … INTO}. */
    private static boolean makesTable(Site site) {
        return !site.locks().created().isEmpty();
    }

    private static boolean failsTwice(Statement statement) {
        if (statement instanceof Statement.CreateTable table) {
            return !table.ifNotExists();
        } else if (statement instanceof Statement.CreateView view) {
            return !view.guarded();
        } else if (statement instanceof Statement.CreateIndex index) {
            return !index.concurrently() && !index.ifNotExists();
        } else if (statement instanceof Statement.Drop drop) {
            return !drop.ifExists() && !drop.kind().startsWith("owned");
        } else if (statement instanceof Statement.CreateTrigger trigger) {
            return !trigger.orReplace();
        } else if (statement instanceof Statement.AddEnumValue add) {
            return !add.ifNotExists();
        } else if (statement instanceof Statement.AlterDomain domain) {
            return !domain.repeatable();
        } else if (statement instanceof Statement.Routine routine) {
            return !routine.orReplace();
        } else if (statement instanceof Statement.CreateOther other) {
            return !other.guarded();
        } else if (statement instanceof Statement.Plain plain) {
            return !plain.repeatable();
        }
        return statement instanceof Statement.RenameEnumValue
                || statement instanceof Statement.CreateDomain
                || statement instanceof Statement.RenameSchema;
    }

    private static boolean failsTwice(AlterTable alter, AlterAction action) {
        if (action instanceof AlterAction.RenameTo || action instanceof AlterAction.SetSchema) {
            return !alter.ifExists();
        } else if (action instanceof AlterAction.Attach) {
            return alter.isTable();
        } else if (action instanceof AlterAction.AddColumn add) {
            return !add.ifNotExists();
        } else if (action instanceof AlterAction.DropColumn drop) {
            return !drop.ifExists();
        } else if (action instanceof AlterAction.DropConstraint drop) {
            return !drop.ifExists();
        } else if (action instanceof AlterAction.Plain plain) {
            return !plain.repeatable();
        }
        return action instanceof AlterAction.AddConstraint
                || action instanceof AlterAction.RenameColumn
                || action instanceof AlterAction.Detach detach && !detach.concurrently();
    }

    /** With the guard where there is one; else the section as a transaction. */
    private static String safe(Site site) {
        String text = site.text();
        String words = text.toLowerCase(Locale.ROOT);
        if (site.statement() instanceof Statement.Drop drop) {
            QualifiedName first = drop.names().get(0);
            return "DROP " + drop.kind().toUpperCase(Locale.ROOT) + (drop.concurrently() ? " CONCURRENTLY" : "")
                    + " IF EXISTS " + first.quoted() + (drop.cascade() ? " CASCADE" : "") + ";";
        }
        for (String kind :
                new String[] {"add column", "create table", "create sequence", "create schema", "add value"}) {
            if (words.contains(kind)) {
                int end = words.indexOf(kind) + kind.length();
                return text.substring(0, end) + " IF NOT EXISTS" + text.substring(end) + ";";
            }
        }
        return "-- in a section that is a transaction:\n-- athanor:expand\n" + text + ";";
    }
}
