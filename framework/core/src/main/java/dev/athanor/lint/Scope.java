package dev.athanor.lint;

import dev.athanor.catalog.TargetFacts;
import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;

/** All that a rule may look at, and where it puts what it finds. */
final class Scope {
    private final LintSettings settings;
    private final List<Site> sites;
    private final History history;
    private final List<Found> found = new ArrayList<>();

    Scope(LintSettings settings, List<Site> sites, TargetFacts facts) {
        this.settings = settings;
        this.history = new History(facts);
        this.sites = List.copyOf(sites);
    }

    /** A draft with the statements that have a part in it; a waiver before any of them excuses it. */
    record Found(Draft draft, Site site, List<Site> others) {}

    History history() {
        return history;
    }

    List<Found> found() {
        return found;
    }

    List<Site> sites() {
        return sites;
    }

    boolean atLeast(int major) {
        return settings.version().atLeast(major);
    }

    PgVersion version() {
        return settings.version();
    }

    /** Notes what was found at a statement. */
    void report(Site site, Draft draft, Site... others) {
        if (settings.runs(draft.rule())) {
            found.add(new Found(draft, site, List.of(others)));
        }
    }

    /** Whether others may be using a table: it was not made in the same transaction, and is not declared small. */
    boolean live(QualifiedName table, Site site) {
        TableState state = history.table(table);
        return state.madeIn != site.transaction() && !state.temporary && !small(table);
    }

    /** As {@link #live(QualifiedName, Site)}, of a table that may have another name by now. */
    boolean live(History.HeldLock lock) {
        TableState state = lock.table();
        return state.madeIn != lock.site().transaction() && !state.temporary && !small(lock.name());
    }

    private boolean small(QualifiedName table) {
        return settings.smallTables().stream()
                .anyMatch(small -> history.key(small).equals(history.key(table)));
    }

    /** Whether running code may know a column: neither it nor its table was made in the same transaction. */
    boolean live(QualifiedName table, String column, Site site) {
        TableState.ColumnState state = history.table(table).columns.get(column);
        return live(table, site) && (state == null || state.madeIn != site.transaction());
    }

    /** Statements of the same transaction before this one. */
    List<Site> before(Site site) {
        return sites.subList(0, site.index()).stream()
                .filter(other -> other.transaction() == site.transaction())
                .toList();
    }

    /** Statements of the same transaction, this one among them. */
    List<Site> transaction(Site site) {
        return sites.stream()
                .filter(other -> other.transaction() == site.transaction())
                .toList();
    }

    /** All statements of the revision behind this one. */
    List<Site> after(Site site) {
        return sites.subList(site.index() + 1, sites.size());
    }

    /** Whether a section takes something back, so that code which would miss it is gone already. */
    static boolean undoes(Site site) {
        return site.inSectionOf(SectionKind.UNDO);
    }
}
