package dev.athanor.backfill;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What came of the rows of a chunk so far. Rows are answered in any order; the chunk can end behind any row before which
 * all are answered. Safe for use by several threads; once {@linkplain #closed closed} it stays as it is.
 */
final class Transformed {
    private final Answer[] answers;
    private int done;
    private boolean closed;

    /** Answer of one row: a change, none, or why there is none. */
    record Answer(
            int index, @Nullable RowChange change, @Nullable RowFaultException fault) {}

    Transformed(int rows) {
        answers = new Answer[rows];
    }

    /** Rows that are copied as they are. */
    static Transformed copied(List<SourceRow> rows, int columns) {
        Transformed all = new Transformed(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            all.add(new Answer(i, RowChange.copying(rows.get(i), columns), null));
        }
        return all.closed();
    }

    /** Takes no answer any more, for some may still be on their way when time is up. */
    synchronized Transformed closed() {
        closed = true;
        return this;
    }

    /** Takes an answer, unless closed; {@link #rows} with it. */
    synchronized int add(Answer answer) {
        if (closed) {
            return done;
        }
        answers[answer.index()] = answer;
        while (done < answers.length && isGood(answers[done])) {
            done++;
        }
        return done;
    }

    private static boolean isGood(@Nullable Answer answer) {
        return answer != null && answer.fault() == null;
    }

    /** Rows from the first on that are answered well. */
    synchronized int rows() {
        return done;
    }

    /** Why the row behind these is none of them; null when it was not answered, or there is none. */
    @Nullable
    synchronized RowFaultException fault() {
        Answer next = done < answers.length ? answers[done] : null;
        return next == null ? null : next.fault();
    }

    /** What is to be written of these rows. */
    synchronized List<RowChange> changes() {
        List<RowChange> changes = new ArrayList<>(done);
        for (int i = 0; i < done; i++) {
            RowChange change = answers[i].change();
            if (change != null) {
                changes.add(change);
            }
        }
        return changes;
    }

    /** Changes without those at some places, and with what is to be written of these rows in their stead. */
    List<RowChange> replacing(List<RowChange> changes, Set<Integer> places) {
        List<RowChange> all = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            if (!places.contains(i)) {
                all.add(changes.get(i));
            }
        }
        all.addAll(changes());
        return all;
    }
}
