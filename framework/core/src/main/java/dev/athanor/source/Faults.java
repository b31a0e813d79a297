package dev.athanor.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong in one file or class. */
final class Faults {
    private final String file;
    private @Nullable String section;
    private Origin.@Nullable Maker maker;
    /** Of the sections before this one, in order. */
    private final List<Fault> before = new ArrayList<>();

    private final List<Fault> found = new ArrayList<>();

    Faults(String file) {
        this.file = file;
    }

    /** Of a class: lines are those of this section from now on; null: of the class itself. */
    void enter(@Nullable String name) {
        before.addAll(sorted());
        found.clear();
        section = name;
    }

    /** By what that which follows is made; null: it is written. */
    void madeBy(Origin.@Nullable Maker operation) {
        maker = operation;
    }

    void add(int line, String message) {
        found.add(new Fault(origin(line), message));
    }

    Origin origin(int line) {
        return new Origin(file, section, line, maker);
    }

    boolean isEmpty() {
        return before.isEmpty() && found.isEmpty();
    }

    List<Fault> inOrder() {
        List<Fault> all = new ArrayList<>(before);
        all.addAll(sorted());
        return List.copyOf(all);
    }

    private List<Fault> sorted() {
        found.sort(Comparator.comparingInt(fault -> fault.origin().line()));
        return found;
    }
}
