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
import org.jspecify.annotations.Nullable;

/** What the statements so far have made, changed and dropped: the one picture that offline lint has. */
final class History {
    static final String DEFAULT_SCHEMA = "public";

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

    /** An index, with the columns and expressions that it has. */
    record IndexState(QualifiedName table, List<String> columns, boolean partitioned, int madeIn) {}

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
        List<String> columns = index.columns().stream().map(TableSeed::unquoted).toList();
        indexes.putIfAbsent(key, new IndexState(index.table(), columns, index.partitioned(), TableState.BEFORE));
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
            if (view.materialized()) {
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
        if (index.name() == null) {
            return;
        }
        List<String> columns = new ArrayList<>();
        index.keys()
                .forEach(key -> columns.add(key.column() == null ? key.text().text() : key.column()));
        QualifiedName table = key(index.table());
        boolean partitioned = table(index.table()).partitioned;
        indexes.put(
                new QualifiedName(table.schema(), index.name()),
                new IndexState(table, columns, partitioned, site.transaction()));
    }

    private void drop(Statement.Drop drop, Site site) {
        for (QualifiedName name : drop.names()) {
            if (drop.kind().endsWith("table")) {
                TableState table = tables.put(key(name), new TableState());
                if (table == null || table.madeIn != site.transaction()) {
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
                    .removeIf(held -> held.constraint().columns().contains(drop.column()));
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
            table(name)
                    .constraints
                    .computeIfPresent(
                            validate.constraint(), (key, held) -> new Held(held.constraint(), true, held.addedIn()));
        } else if (action instanceof AlterAction.RenameColumn rename) {
            ColumnState column = table(name).columns.remove(rename.from());
            if (column != null) {
                table(name).columns.put(rename.to(), column);
            }
        } else if (action instanceof AlterAction.RenameTo rename) {
            move(name, new QualifiedName(key(name).schema(), rename.name()));
        } else if (action instanceof AlterAction.SetSchema set) {
            move(name, new QualifiedName(set.schema(), name.name()));
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
            indexes.put(key(name), new IndexState(index.table(), index.columns(), true, index.madeIn()));
        }
    }

    private void move(QualifiedName from, QualifiedName to) {
        QualifiedName target = key(to);
        tables.put(target, table(from));
        tables.put(key(from), new TableState());
        indexes.replaceAll((name, index) -> index.table().equals(key(from))
                ? new IndexState(target, index.columns(), index.partitioned(), index.madeIn())
                : index);
    }

    private void dropConstraint(QualifiedName table, String name, Site site) {
        Held held = table(table).constraints.remove(name);
        List<String> columns = held == null ? List.of() : held.constraint().columns();
        boolean index = held == null
                || held.constraint().kind() == Kind.UNIQUE
                || held.constraint().kind() == Kind.PRIMARY_KEY;
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
        String name = constraint.name() == null ? serverName(table, constraint, state) : constraint.name();
        state.constraints.put(
                name, new Held(constraint, constraint.scans() || constraint.usingIndex() != null, transaction));
        if (constraint.kind() == Kind.PRIMARY_KEY) {
            state.primaryKey = constraint.columns();
        }
        if (constraint.kind() == Kind.NOT_NULL) {
            constraint.columns().forEach(column -> state.column(column).notNull |= constraint.scans());
        }
    }

    /** The name that the server would give it. */
    private static String serverName(QualifiedName table, Constraint constraint, TableState state) {
        String columns = String.join("_", constraint.columns());
        if (constraint.kind() == Kind.CHECK) {
            List<String> mentioned = state.columns.keySet().stream()
                    .filter(constraint.check()::mentions)
                    .toList();
            columns = mentioned.size() == 1 ? mentioned.get(0) : columns;
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
