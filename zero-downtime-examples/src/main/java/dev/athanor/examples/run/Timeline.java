package dev.athanor.examples.run;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** When the stages began, on the clock of {@link System#nanoTime}. Thread-safe. */
final class Timeline {
    private final List<Span> spans = new CopyOnWriteArrayList<>();

    /** @param beginNanos its end is the beginning of the next */
    record Span(Stage stage, long beginNanos) {}

    void begin(Stage stage, long nanos) {
        spans.add(new Span(stage, nanos));
    }

    /** When the first stage began. */
    long beginNanos() {
        return spans.get(0).beginNanos();
    }

    /** The stage at this time; the first one for what was before. */
    Stage at(long nanos) {
        for (int i = spans.size() - 1; i > 0; i--) {
            if (nanos - spans.get(i).beginNanos() >= 0) {
                return spans.get(i).stage();
            }
        }
        return spans.get(0).stage();
    }

    List<Span> spans() {
        return List.copyOf(spans);
    }

    /** Seconds that the stage lasted, up to {@code endNanos} when it is the last. */
    double seconds(Stage stage, long endNanos) {
        for (int i = 0; i < spans.size(); i++) {
            if (spans.get(i).stage() == stage) {
                long end = i + 1 < spans.size() ? spans.get(i + 1).beginNanos() : endNanos;
                return (end - spans.get(i).beginNanos()) / 1e9;
            }
        }
        return 0;
    }
}
