package dev.athanor.operation;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with an operation, all of it, to be told at once. */
public final class Objections {
    private final List<String> all = new ArrayList<>();

    /** Nothing is wrong yet. */
    public Objections() {}

    /** Adds what is wrong, as "found X, expected Y". */
    public void add(String objection) {
        all.add(objection);
    }

    /** In the order in which they were found. */
    public List<String> all() {
        return List.copyOf(all);
    }
}
