package dev.athanor.lint;

import dev.athanor.catalog.TargetFacts;
import dev.athanor.lint.Constraint.Kind;
import dev.athanor.lint.TableState.ColumnState;
import dev.athanor.lint.TableState.Held;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.TableLock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the statements so far have made, changed and dropped: the one picture that offline lint has. */
final class History {
    static final String DEFAULT_SCHEMA = "public";

    /** Names that constraints without an index have, given by the server or after usual conventions. */
    private static final Pattern NO_INDEX =
            Pattern.compile("(?is)(fk|ck|chk|check|nn)_.*|.*_(fk|fkey|ck|chk|check|nn|not_null)\\d*");

    private final Map<QualifiedName, TableState> tables = new HashMap<>();
    private final Map<QualifiedName, IndexState> indexes = new LinkedHashMap<>();
    private final Map<QualifiedName, Statement.Routine> routines = new HashMap<>();
    private final Map<QualifiedName, Statement.CreateDomain> domains = new HashMap<>();
    private final Map<QualifiedName, Integer> others = new HashMap<>();
    private final Map<QualifiedName, Site> dropped = new LinkedHashMap<>();
    private final List<DroppedIndex> droppedIndexes = new ArrayList<>();
    private final List<HeldLock> locks = new ArrayList<>();
    private final TargetFacts facts;
    private final Map<Integer, String> schemas = new HashMap<>();
    private String schema = DEFAULT_SCHEMA;
    private int section = -1;

    History(TargetFacts facts) {
        this.facts = facts;
    }

    /** An index or a constraint with one that the revision dropped. */
    record DroppedIndex(
            QualifiedName name,
            @Nullable IndexState known,
            List<String> columns,
            @Nullable QualifiedName table,
            Site site) {}

    /** A lock on a table, which stays the same under a new name. */
    record HeldLock(Site site, QualifiedName name, TableState table, LockMode mode) {}

    /** The name as one that says its schema. */
    QualifiedName key(QualifiedName name) {
        return name.schema() == null ? new QualifiedName(schema, name.name()) : name;
    }

    /** What is known of a table; a state without knowledge where nothing was shown of it. */
    TableState table(QualifiedName name) {
        QualifiedName key = key(name);
        TableState state = tables.get(key);
        if (state == null) {
            state = TableSeed.of(facts.table(asked(name)), key, this);
            tables.put(key, state);
        }
        return state;
    }

    /** As the search path finds it, unless the section has set one. */
    QualifiedName asked(QualifiedName name) {
        return schema.equals(DEFAULT_SCHEMA) ? name : key(name);
    }

    /** The name as the search path finds it at a statement that was entered: with its schema where the section has set one. */
    QualifiedName asked(QualifiedName name, Site site) {
        String there = schemas.getOrDefault(site.index(), DEFAULT_SCHEMA);
        boolean whole = name.schema() != null || there.equals(DEFAULT_SCHEMA);
        return whole ? name : new QualifiedName(there, name.name());
    }

    Optional<IndexState> index(QualifiedName name) {
        QualifiedName key = key(name);
        if (!indexes.containsKey(key) && !droppedIndex(key)) {
            facts.index(asked(name)).ifPresent(index -> seed(key, index));
        }
        return Optional.ofNullable(indexes.get(key));
    }

    private boolean droppedIndex(QualifiedName key) {
        return droppedIndexes.stream().anyMatch(dropped -> dropped.name().equals(key));
    }

    /** Takes note of an index that was there before. */
    void seed(QualifiedName key, TargetFacts.Index index) {
        indexes.putIfAbsent(key, IndexState.of(index));
    }

    List<IndexState> indexesOf(QualifiedName table) {
        return indexes.values().stream()
                .filter(index -> index.table().equals(key(table)))
                .toList();
    }

    /** Whether a function that the revision or the target has is volatile; empty when neither has it. */
    Optional<Boolean> isVolatile(QualifiedName name) {
        Statement.Routine routine = routines.get(key(name));
        return routine == null ? facts.isVolatile(asked(name)) : Optional.of(routine.volatility() == 'v');
    }

    Optional<Statement.CreateDomain> domain(QualifiedName name) {
        return Optional.ofNullable(domains.get(key(name)));
    }

    /** Number of the transaction that made a schema, type, view or the like. */
    int madeIn(QualifiedName name) {
        return others.getOrDefault(key(name), TableState.BEFORE);
    }

    /** The statement that dropped a table of this name which the revision did not make in the same transaction. */
    Optional<Site> droppedTable(QualifiedName name) {
        return Optional.ofNullable(dropped.get(key(name)));
    }

    List<DroppedIndex> droppedIndexes() {
        return droppedIndexes;
    }

    /** To be called before each statement is looked at: a search path lasts no longer than its section. */
    void enter(Site site) {
        if (site.sectionIndex() != section) {
            section = site.sectionIndex();
            schema = DEFAULT_SCHEMA;
        }
        schemas.putIfAbsent(site.index(), schema);
        for (TableLock lock : site.tableLocks()) {
            locks.add(new HeldLock(site, lock.name(), table(lock.name()), lock.mode()));
        }
    }

    /** The locks on tables that a transaction took so far, those of the statement that was entered last included. */
    List<HeldLock> locksOf(int transaction) {
        return locks.stream()
                .filter(lock -> lock.site().transaction() == transaction)
                .toList();
    }

    /** Takes note of a statement; actions of ALTER TABLE are noted one by one. */
    void note(Site site) {
        Statement statement = site.statement();
        int transaction = site.transaction();
        if (statement instanceof Statement.CreateTable create) {
            create(create, transaction);
        } else if (statement instanceof Statement.CreateView view) {
            others.put(key(view.name()), transaction);
            if (view.materialized() || !view.guarded()) {
                table(view.name()).madeIn = transaction;
            }
        } else if (statement instanceof Statement.CreateIndex index) {
            index(index, site);
        } else if (statement instanceof Statement.Drop drop) {
            drop(drop, site);
        } else if (statement instanceof Statement.Routine routine) {
            routines.put(key(routine.name()), routine);
        } else if (statement instanceof Statement.CreateDomain domain) {
            domains.put(key(domain.name()), domain);
            others.put(key(domain.name()), transaction);
        } else if (statement instanceof Statement.CreateOther other && other.name() != null) {
            boolean isSchema = other.kind().equals("schema");
            others.put(isSchema ? schemaKey(other.name().name()) : key(other.name()), transaction);
        } else if (statement instanceof Statement.SetParameter set) {
            set(set);
        } else if (statement instanceof Statement.Rows rows) {
            rows.settings().forEach(this::set);
            site.locks().created().forEach(name -> table(name).madeIn = transaction);
        }
    }

    private void set(Statement.SetParameter set) {
        if (set.name().equals("search_path")) {
            schema = set.value() == null
                    ? DEFAULT_SCHEMA
                    : Arrays.stream(set.value().split(","))
                            .map(String::strip)
                            .filter(name -> !name.isEmpty() && !name.equals("$user"))
                            .findFirst()
                            .orElse(DEFAULT_SCHEMA);
        }
    }

    static QualifiedName schemaKey(String name) {
        return new QualifiedName("", name);
    }

    private void create(Statement.CreateTable create, int transaction) {
        TableState table = new TableState();
        table.madeIn = transaction;
        table.temporary = create.temporary();
        table.partitioned = create.partitioned();
        tables.put(key(create.name()), table);
        create.columns().forEach(column -> addColumn(create.name(), column, transaction));
        create.constraints().forEach(constraint -> addConstraint(create.name(), constraint, transaction));
        if (create.partitionOf() != null) {
            table(create.partitionOf()).partitioned = true;
            table(create.partitionOf()).defaultPartition |= create.asDefault();
        }
    }

    private void index(Statement.CreateIndex index, Site site) {
        QualifiedName table = key(index.table());
        boolean partitioned = table(index.table()).partitioned;
        IndexState made = IndexState.of(index, table, partitioned, site.transaction());
        String name = index.name() == null ? IndexState.serverName(index) : index.name();
        QualifiedName free = new QualifiedName(table.schema(), name);
        for (int number = 1; index.name() == null && indexes.containsKey(free); number++) {
            free = new QualifiedName(table.schema(), name + number);
        }
        indexes.put(free, made);
    }

    private void drop(Statement.Drop drop, Site site) {
        for (QualifiedName name : drop.names()) {
            if (drop.kind().endsWith("table")) {
                TableState table = tables.put(key(name), new TableState());
                boolean holdsRows = drop.kind().equals("table");
                if (holdsRows && (table == null || table.madeIn != site.transaction())) {
                    dropped.put(key(name), site);
                }
            } else if (drop.kind().equals("index")) {
                IndexState known = index(name).orElse(null);
                indexes.remove(key(name));
                List<String> columns = known == null ? List.of() : known.columns();
                droppedIndexes.add(
                        new DroppedIndex(key(name), known, columns, known == null ? null : known.table(), site));
            } else if (drop.kind().equals("function") || drop.kind().equals("routine")) {
                routines.remove(key(name));
            } else if (drop.kind().equals("domain")) {
                domains.remove(key(name));
            }
        }
    }

    /** Takes note of one action of ALTER TABLE. */
    void note(Site site, Statement.AlterTable alter, AlterAction action) {
        QualifiedName name = alter.name();
        int transaction = site.transaction();
        if (alter.kind().equals("index")) {
            noteIndex(name, action);
        } else if (action instanceof AlterAction.AddColumn add) {
            addColumn(name, add.column(), transaction);
        } else if (action instanceof AlterAction.DropColumn drop) {
            TableState table = table(name);
            table.columns.remove(drop.column());
            table.constraints
                    .values()
                    .removeIf(held -> held.constraint().columns().contains(drop.column())
                            || held.constraint().check().columns().contains(drop.column()));
        } else if (action instanceof AlterAction.ChangeType change) {
            ColumnState column = table(name).column(change.column());
            column.type = change.type();
            column.retypedIn = transaction;
        } else if (action instanceof AlterAction.SetNotNull set) {
            ColumnState column = table(name).column(set.column());
            column.notNull = true;
            column.notNullIn = transaction;
        } else if (action instanceof AlterAction.DropNotNull drop) {
            table(name).column(drop.column()).notNull = false;
        } else if (action instanceof AlterAction.SetDefault set) {
            table(name).column(set.column()).hasDefault = true;
        } else if (action instanceof AlterAction.AddConstraint add) {
            addConstraint(name, add.constraint(), transaction);
        } else if (action instanceof AlterAction.DropConstraint drop) {
            dropConstraint(name, drop.constraint(), site);
        } else if (action instanceof AlterAction.Validate validate) {
            validate(table(name), validate.constraint());
        } else if (action instanceof AlterAction.RenameColumn rename) {
            ColumnState column = table(name).columns.remove(rename.from());
            if (column != null) {
                table(name).columns.put(rename.to(), column);
            }
        } else if (action instanceof AlterAction.RenameTo rename) {
            move(name, new QualifiedName(key(name).schema(), rename.name()), transaction);
        } else if (action instanceof AlterAction.SetSchema set) {
            move(name, new QualifiedName(set.schema(), name.name()), transaction);
        } else if (action instanceof AlterAction.Attach || action instanceof AlterAction.Detach) {
            table(name).partitioned = true;
        }
    }

    private void noteIndex(QualifiedName name, AlterAction action) {
        IndexState index = indexes.get(key(name));
        if (index != null && action instanceof AlterAction.RenameTo rename) {
            indexes.remove(key(name));
            indexes.put(new QualifiedName(key(name).schema(), rename.name()), index);
        }
        if (action instanceof AlterAction.Attach && index != null) {
            table(index.table()).partitioned = true;
            indexes.put(key(name), index.ofPartitions());
        }
    }

    private void move(QualifiedName from, QualifiedName to, int transaction) {
        QualifiedName target = key(to);
        TableState table = table(from);
        table.former.add(new TableState.Former(key(from), transaction));
        tables.put(target, table);
        tables.put(key(from), new TableState());
        indexes.replaceAll((name, index) -> index.table().equals(key(from)) ? index.on(target) : index);
    }

    private static void validate(TableState table, String name) {
        Held held = table.constraints.get(name);
        if (held != null) {
            table.constraints.put(name, new Held(held.constraint(), true, held.addedIn()));
            if (held.constraint().kind() == Kind.NOT_NULL) {
                held.constraint().columns().forEach(column -> table.column(column).notNull = true);
            }
        }
    }

    private void dropConstraint(QualifiedName table, String name, Site site) {
        Held held = table(table).constraints.remove(name);
        List<String> columns = held == null ? List.of() : held.constraint().columns();
        if (held != null && held.constraint().kind() == Kind.NOT_NULL) {
            columns.forEach(column -> table(table).column(column).notNull = false);
        }
        boolean index = held == null
                ? !NO_INDEX.matcher(name).matches()
                : held.constraint().kind() == Kind.UNIQUE || held.constraint().kind() == Kind.PRIMARY_KEY;
        if (index) {
            droppedIndexes.add(
                    new DroppedIndex(new QualifiedName(key(table).schema(), name), null, columns, key(table), site));
        }
    }

    private void addColumn(QualifiedName table, Column column, int transaction) {
        ColumnState state = new ColumnState();
        state.type = column.type() == null ? null : column.type().stored();
        state.made = true;
        state.madeIn = transaction;
        state.hasDefault = column.hasValue();
        state.notNull = column.has(Kind.NOT_NULL) || column.has(Kind.PRIMARY_KEY) || column.isSerial();
        table(table).columns.put(column.name(), state);
        column.constraints().forEach(constraint -> addConstraint(table, constraint, transaction));
    }

    private void addConstraint(QualifiedName table, Constraint constraint, int transaction) {
        TableState state = table(table);
        String given = constraint.name() == null ? serverName(table, constraint) : constraint.name();
        String name = given;
        for (int number = 1; constraint.name() == null && state.constraints.containsKey(name); number++) {
            name = given + number;
        }
        state.constraints.put(
                name, new Held(constraint, constraint.scans() || constraint.usingIndex() != null, transaction));
        if (constraint.kind() == Kind.PRIMARY_KEY) {
            state.primaryKey = constraint.columns();
            constraint.columns().forEach(column -> state.column(column).notNull = true);
        }
        if (constraint.kind() == Kind.NOT_NULL) {
            constraint.columns().forEach(column -> state.column(column).notNull |= constraint.scans());
        }
    }

    /** The name that the server would give it, as long as it is free. */
    private static String serverName(QualifiedName table, Constraint constraint) {
        String columns = String.join("_", constraint.columns());
        if (constraint.kind() == Kind.CHECK) {
            Set<String> mentioned = constraint.check().columns();
            columns = mentioned.size() == 1 ? mentioned.iterator().next() : "";
        }
        String middle = columns.isEmpty() ? "" : "_" + columns;
        return switch (constraint.kind()) {
            case CHECK -> table.name() + middle + "_check";
            case NOT_NULL -> table.name() + middle + "_not_null";
            case UNIQUE -> table.name() + middle + "_key";
            case PRIMARY_KEY -> table.name() + "_pkey";
            case FOREIGN_KEY -> table.name() + middle + "_fkey";
            case EXCLUDE -> table.name() + middle + "_excl";
        };
    }
}
