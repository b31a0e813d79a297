package dev.athanor.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong in one file. */
final class Faults {
    private final String file;
    private final List<Fault> found = new ArrayList<>();

    Faults(String file) {
        this.file = file;
    }

    void add(int line, String message) {
        found.add(new Fault(origin(line), message));
    }

    Origin origin(int line) {
        return new Origin(file, line);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<Fault> inOrder() {
        found.sort(Comparator.comparingInt(fault -> fault.origin().line()));
        return List.copyOf(found);
    }
}
