package dev.athanor.sql;

import static dev.athanor.sql.LockMode.ACCESS_EXCLUSIVE;
import static dev.athanor.sql.LockMode.ACCESS_SHARE;
import static dev.athanor.sql.LockMode.ROW_SHARE;
import static dev.athanor.sql.LockMode.SHARE_ROW_EXCLUSIVE;
import static dev.athanor.sql.LockMode.SHARE_UPDATE_EXCLUSIVE;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ALTER TABLE}: one lock on the table, the strongest that any of its actions needs, and those on other tables. */
final class AlterTableLocks {
    private final QualifiedName table;
    private final boolean only;
    private final LocksFound found;

    private AlterTableLocks(QualifiedName table, boolean only, LocksFound found) {
        this.table = table;
        this.only = only;
        this.found = found;
    }

    /** From behind ALTER TABLE on. */
    static void read(TokenCursor cursor, LocksFound found) {
        cursor.skip("if", "exists");
        if (cursor.skip("all", "in", "tablespace")) {
            found.unknown("ALL IN TABLESPACE names no table");
            return;
        }
        boolean only = cursor.skip("only");
        QualifiedName table = cursor.name();
        if (table == null) {
            found.unknown("the name of the table cannot be read");
            return;
        }
        cursor.skipSymbol("*");
        AlterTableLocks locks = new AlterTableLocks(table, only, found);
        for (List<Token> action : TokenCursor.items(cursor.rest())) {
            locks.action(new TokenCursor(action, 0));
        }
    }

    /** For actions that go down to partitions and children too. */
    private void tree(LockMode mode) {
        found.add(only ? LockTarget.TABLE : LockTarget.TREE, table, mode);
    }

    private void alone(LockMode mode) {
        found.add(LockTarget.TABLE, table, mode);
    }

    private void action(TokenCursor action) {
        if (action.skip("add")) {
            add(action);
        } else if (action.skip("drop")) {
            drop(action);
        } else if (action.skip("alter")) {
            alter(action);
        } else if (action.skip("validate", "constraint")) {
            tree(SHARE_UPDATE_EXCLUSIVE);
            found.add(LockTarget.REFERENCED, table, action.next().identifier(), ROW_SHARE);
        } else if (action.skip("attach", "partition")) {
            attach(action.name());
        } else if (action.skip("detach", "partition")) {
            detach(action);
        } else if (action.skip("rename")) {
            rename(action);
        } else if (action.skip("enable") || action.skip("disable")) {
            enable(action);
        } else if (action.skip("set") || action.skip("reset")) {
            set(action);
        } else if (action.skip("cluster", "on")) {
            alone(SHARE_UPDATE_EXCLUSIVE);
        } else {
            others(action);
        }
    }

    private void others(TokenCursor action) {
        if (action.skip("inherit")) {
            alone(ACCESS_EXCLUSIVE);
            found.add(LockTarget.TABLE, action.name(), SHARE_UPDATE_EXCLUSIVE);
        } else if (action.skip("no", "inherit")) {
            alone(ACCESS_EXCLUSIVE);
            found.add(LockTarget.TABLE, action.name(), ACCESS_SHARE);
        } else if (action.skip("owner")
                || action.skip("of")
                || action.skip("not", "of")
                || action.skip("force")
                || action.skip("no", "force")
                || action.skip("replica", "identity")
                || action.skip("options")
                || action.skip("no", "depends")
                || action.skip("depends")) {
            alone(ACCESS_EXCLUSIVE);
        } else {
            found.unknown("Athanor does not know the form ALTER TABLE … "
                    + action.peek().text());
        }
    }

    private void add(TokenCursor action) {
        if (action.skip("constraint")) {
            action.next();
        }
        boolean key = action.peek().isWord("foreign");
        tree(key ? SHARE_ROW_EXCLUSIVE : ACCESS_EXCLUSIVE);
        CreateLocks.references(action.rest(), table, found);
    }

    private void drop(TokenCursor action) {
        boolean constraint = action.skip("constraint");
        if (!constraint) {
            action.skip("column");
        }
        action.skip("if", "exists");
        LockTarget other = constraint ? LockTarget.REFERENCED : LockTarget.KEYS_OF_COLUMN;
        tree(ACCESS_EXCLUSIVE);
        found.add(other, table, action.next().identifier(), ACCESS_EXCLUSIVE);
        if (action.skip("cascade")) {
            found.unknown("what else depends on it (CASCADE) is not in the text");
        }
    }

    private void alter(TokenCursor action) {
        if (action.skip("constraint")) {
            tree(ACCESS_EXCLUSIVE);
            return;
        }
        action.skip("column");
        String column = action.next().identifier();
        boolean light = action.skip("set", "statistics")
                || (action.skip("set") || action.skip("reset")) && action.peek().kind() == TokenKind.OPEN;
        tree(light ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE);
        if (action.skip("type") || action.skip("data", "type")) {
            found.add(LockTarget.KEYS_OF_COLUMN, table, column, ACCESS_EXCLUSIVE);
        }
    }

    private void attach(@Nullable QualifiedName partition) {
        alone(SHARE_UPDATE_EXCLUSIVE);
        found.add(LockTarget.TREE, partition, ACCESS_EXCLUSIVE);
        found.add(LockTarget.DEFAULT_PARTITION, table, ACCESS_EXCLUSIVE);
        found.add(LockTarget.REFERENCED, table, SHARE_ROW_EXCLUSIVE);
    }

    private void detach(TokenCursor action) {
        QualifiedName partition = action.name();
        boolean light = action.skip("concurrently") || action.skip("finalize");
        alone(light ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE);
        found.add(LockTarget.TREE, partition, ACCESS_EXCLUSIVE);
        found.add(LockTarget.REFERENCED, table, SHARE_ROW_EXCLUSIVE);
        if (!light) {
            found.add(LockTarget.DEFAULT_PARTITION, table, ACCESS_EXCLUSIVE);
        }
    }

    private void rename(TokenCursor action) {
        if (action.skip("to")) {
            alone(ACCESS_EXCLUSIVE);
            found.creates(new QualifiedName(table.schema(), action.next().identifier()));
        } else {
            tree(ACCESS_EXCLUSIVE);
        }
    }

    private void enable(TokenCursor action) {
        boolean mode = action.skip("always") || action.skip("replica");
        if (action.skip("trigger")) {
            tree(SHARE_ROW_EXCLUSIVE);
        } else if (action.skip("rule") || !mode && action.skip("row", "level", "security")) {
            alone(ACCESS_EXCLUSIVE);
        } else {
            found.unknown("Athanor does not know what is enabled or disabled");
        }
    }

    private void set(TokenCursor action) {
        boolean light = action.skip("without", "cluster")
                || action.peek().kind() == TokenKind.OPEN && StorageOptions.areLight(action);
        alone(light ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE);
        if (action.skip("schema")) {
            found.creates(new QualifiedName(action.next().identifier(), table.name()));
        }
    }
}
