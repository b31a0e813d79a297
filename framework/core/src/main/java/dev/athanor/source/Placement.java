package dev.athanor.source;

import dev.athanor.operation.Operation;
import dev.athanor.operation.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** In which phases the parts of an operation run. */
enum Placement {
    /** Each in its own. */
    SPREAD,
    /** All that changes the schema in expand; for operations without a backfill. */
    EXPAND,
    /** All that changes the schema in contract; for operations without a backfill. */
    CONTRACT;

    static final List<String> WORDS = List.of("expand", "contract");

    static Placement of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** A part and the directive under which it would stand in a file. */
    record Placed(String keyword, String phase, Part part) {}

    /** The parts that do something, in their order. */
    List<Placed> parts(Operation operation) {
        List<Placed> placed = new ArrayList<>();
        add(placed, this == CONTRACT ? "contract" : "expand", "", operation.expand());
        for (Part part : operation.backfill()) {
            placed.add(new Placed(part.kind() == Part.Kind.VERIFY ? "verify" : "backfill", "", part));
        }
        add(placed, this == EXPAND ? "expand" : "contract", "", operation.contract());
        return placed;
    }

    /** The parts that take it back, contract first. */
    List<Placed> undo(Operation operation) {
        List<Placed> placed = new ArrayList<>();
        add(placed, "undo", this == EXPAND ? "expand" : "contract", operation.undoContract());
        add(placed, "undo", "backfill", operation.undoBackfill());
        add(placed, "undo", this == CONTRACT ? "contract" : "expand", operation.undoExpand());
        return placed;
    }

    private static void add(List<Placed> placed, String keyword, String phase, List<Part> parts) {
        parts.forEach(part -> placed.add(new Placed(keyword, phase, part)));
    }
}
