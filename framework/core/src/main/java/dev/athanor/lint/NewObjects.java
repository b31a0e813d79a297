package dev.athanor.lint;

import dev.athanor.catalog.TargetFacts;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.TokenKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tables and types that pending revisions are going to make, and that no application can use yet: they are not there, they
 * come into being empty, and nothing that is in use is copied into them, written into them by triggers, renamed to them or
 * attached to them.
 */
public final class NewObjects {
    /** Stands for rows that come from somewhere that cannot be seen, as of a function or of another database. */
    private static final QualifiedName ELSEWHERE = new QualifiedName("", "");

    /** Make rows out of what they are given: the first rows of a new table, which no application has written. */
    private static final Set<String> GENERATORS = Set.of(
            "generate_series",
            "generate_subscripts",
            "unnest",
            "string_to_table",
            "regexp_split_to_table",
            "json_array_elements",
            "jsonb_array_elements",
            "json_array_elements_text",
            "jsonb_array_elements_text",
            "json_to_recordset",
            "jsonb_to_recordset");

    private static final Set<String> READABLE = Set.of("sql", "plpgsql");

    private final Predicate<QualifiedName> tableIsThere;
    private final Predicate<QualifiedName> typeIsThere;
    private final SiteReader reader = new SiteReader();
    private final History history = new History(TargetFacts.NONE);
    private final Set<QualifiedName> tables = new HashSet<>();
    private final Set<QualifiedName> types = new HashSet<>();
    private final Set<QualifiedName> taken = new HashSet<>();
    private final Map<QualifiedName, Set<QualifiedName>> sources = new HashMap<>();
    private final Map<QualifiedName, Set<QualifiedName>> tied = new HashMap<>();
    private int sections;

    /**
     * None so far.
     *
     * @param tableIsThere whether the target has a table or view; asked without a schema where the search path finds it
     * @param typeIsThere whether it has a type or domain
     */
    public NewObjects(Predicate<QualifiedName> tableIsThere, Predicate<QualifiedName> typeIsThere) {
        this.tableIsThere = tableIsThere;
        this.typeIsThere = typeIsThere;
    }

    /** Takes note of a pending revision; to be called in the order in which they run. Undo sections count for nothing. */
    public void add(List<LintedSection> revision) {
        int first = reader.sites().size();
        for (LintedSection section : revision) {
            if (section.kind() != SectionKind.UNDO) {
                reader.read(section, sections++);
            }
        }
        Set<QualifiedName> written = new HashSet<>();
        Set<QualifiedName> triggered = new HashSet<>();
        for (Site site : reader.sites().subList(first, reader.sites().size())) {
            look(site);
            if (site.statement() instanceof Statement.Routine routine) {
                written.addAll(routine(site, routine));
            } else if (site.statement() instanceof Statement.CreateTrigger trigger) {
                triggered.add(history.key(trigger.table()));
            }
        }
        written.forEach(table -> triggered.forEach(source -> fill(table, source)));
    }

    /** Takes note that a pending revision fills a table with rows of another database. */
    public void addFilled(QualifiedName table) {
        fill(table.schema() == null ? new QualifiedName(History.DEFAULT_SCHEMA, table.name()) : table, ELSEWHERE);
    }

    /** Whether what a finding is about is only going to be made, so that it hurts nobody yet. */
    public boolean concerns(Finding finding) {
        QualifiedName name = finding.table();
        if (name == null) {
            return false;
        }
        QualifiedName key = name.schema() == null ? new QualifiedName(History.DEFAULT_SCHEMA, name.name()) : name;
        return switch (finding.rule()) {
            case EN1 -> types.contains(key);
            case TB4, TB7 ->
                isUntouched(key) && tied.getOrDefault(key, Set.of()).stream().allMatch(this::isUntouched);
            default -> isUntouched(key);
        };
    }

    private boolean isUntouched(QualifiedName table) {
        Set<QualifiedName> seen = new HashSet<>(Set.of(table));
        List<QualifiedName> open = new ArrayList<>(List.of(table));
        while (!open.isEmpty()) {
            QualifiedName next = open.remove(open.size() - 1);
            if (!isNew(next)) {
                return false;
            }
            sources.getOrDefault(next, Set.of()).stream().filter(seen::add).forEach(open::add);
        }
        return true;
    }

    private boolean isNew(QualifiedName key) {
        return tables.contains(key) && !taken.contains(key);
    }

    private void look(Site site) {
        history.enter(site);
        Statement statement = site.statement();
        if (statement instanceof Statement.DoBlock block) {
            RoutineBodies.sites(site, block).forEach(this::look);
        } else if (statement instanceof Statement.CreateTable create && !create.temporary()) {
            create(site, create);
        } else if (statement instanceof Statement.CreateView view) {
            arrive(view.name(), true);
            fillFromAll(site, view.name());
        } else if (statement instanceof Statement.Rows rows) {
            rows(site, rows);
        } else if (statement instanceof Statement.AlterTable alter) {
            alter.actions().forEach(action -> alter(alter, action));
        } else if (statement instanceof Statement.Truncate truncate) {
            truncate.tables().forEach(one -> truncate.tables().forEach(other -> tie(one, other)));
        } else if (statement instanceof Statement.CreateDomain domain) {
            type(domain.name());
        } else if (statement instanceof Statement.CreateOther other
                && other.kind().equals("type")
                && other.name() != null) {
            type(other.name());
        }
        history.note(site);
    }

    private void type(QualifiedName name) {
        if (!typeIsThere.test(history.asked(name))) {
            types.add(history.key(name));
        }
    }

    /** Notes that a name comes into use, for something that is new itself or for something that was in use before. */
    private void arrive(QualifiedName name, boolean asNew) {
        boolean comesNew = asNew && !tableIsThere.test(history.asked(name));
        (comesNew ? tables : taken).add(history.key(name));
    }

    private void create(Site site, Statement.CreateTable create) {
        QualifiedName parent = create.partitionOf();
        arrive(create.name(), parent == null || isNew(history.key(parent)));
        if (!create.query().isEmpty()) {
            fillFromAll(site, create.name());
        }
        create.constraints().forEach(constraint -> tie(create.name(), constraint));
        create.columns().forEach(column -> column.constraints().forEach(constraint -> tie(create.name(), constraint)));
    }

    private void alter(Statement.AlterTable alter, AlterAction action) {
        QualifiedName name = alter.name();
        if (!alter.isTable()) {
            return;
        }
        if (action instanceof AlterAction.RenameTo rename) {
            move(name, new QualifiedName(name.schema(), rename.name()));
        } else if (action instanceof AlterAction.SetSchema set) {
            move(name, new QualifiedName(set.schema(), name.name()));
        } else if (action instanceof AlterAction.Attach attach) {
            fill(history.key(name), history.key(attach.partition()));
            fill(history.key(attach.partition()), history.key(name));
        } else if (action instanceof AlterAction.AddConstraint add) {
            tie(name, add.constraint());
        } else if (action instanceof AlterAction.AddColumn add) {
            add.column().constraints().forEach(constraint -> tie(name, constraint));
        }
    }

    private void move(QualifiedName from, QualifiedName to) {
        arrive(to, isNew(history.key(from)));
        fill(history.key(to), history.key(from));
    }

    private void tie(QualifiedName table, Constraint constraint) {
        if (constraint.referenced() != null) {
            tie(table, constraint.referenced());
            tie(constraint.referenced(), table);
        }
    }

    private void tie(QualifiedName one, QualifiedName other) {
        tied.computeIfAbsent(history.key(one), key -> new HashSet<>()).add(history.key(other));
    }

    private void rows(Site site, Statement.Rows rows) {
        for (QualifiedName created : site.locks().created()) {
            arrive(created, true);
            fillFromAll(site, created);
        }
        for (Statement.RowChange change : rows.changes()) {
            boolean few = site.indexOf("values") >= 0 && site.indexOf("select") < 0;
            boolean adds = change.verb().equals("merge") || change.verb().equals("insert") && !few;
            if (adds) {
                fillFromAll(site, change.table());
            }
        }
    }

    /** What a function writes; triggers may call it for every row of their tables. */
    private Set<QualifiedName> routine(Site site, Statement.Routine routine) {
        Set<QualifiedName> written = new HashSet<>();
        if (routine.body() == null || !READABLE.contains(routine.language())) {
            return written;
        }
        for (Site inner : RoutineBodies.sites(site, new Statement.DoBlock(routine.language(), routine.body()))) {
            if (inner.statement() instanceof Statement.Rows rows) {
                rows(inner, rows);
                rows.changes().forEach(change -> written.add(history.key(change.table())));
            }
        }
        return written;
    }

    private void fillFromAll(Site site, QualifiedName table) {
        if (generates(site)) {
            fill(history.key(table), ELSEWHERE);
        }
        site.tableLocks().forEach(lock -> fill(history.key(table), history.key(lock.name())));
    }

    /** Whether rows come out of a function that may have them from anywhere. */
    private static boolean generates(Site site) {
        for (int i = 0; i + 2 < site.code().size(); i++) {
            boolean from =
                    site.code().get(i).isWord("from") || site.code().get(i).isWord("join");
            if (from
                    && site.code().get(i + 1).isName()
                    && site.code().get(i + 2).kind() == TokenKind.OPEN
                    && !GENERATORS.contains(site.code().get(i + 1).identifier())) {
                return true;
            }
        }
        return site.indexOf("copy") == 0;
    }

    private void fill(QualifiedName table, QualifiedName source) {
        if (!table.equals(source)) {
            sources.computeIfAbsent(table, key -> new HashSet<>()).add(source);
        }
    }
}
