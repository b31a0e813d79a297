package dev.athanor.examples.application;

import static dev.athanor.examples.application.Sql.sql;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One version of an application: what it reads and writes, in its own shape of the schema.
 *
 * <p>Every write has a number of its own, the <em>edit</em>, which stands in the row and from which all values of the row follow; the rows
 * that are there at the beginning have their id for it. So whoever reads a row knows what must be in it, whichever version wrote it.
 */
public interface ApplicationVersion {

    /** {@code old} or {@code new}, by the name of the class. */
    default String name() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** The table that holds the rows' {@code id} and {@code edit}. */
    default String table() {
        return "tickets";
    }

    /** What this version sees of a row of this edit: the columns of {@link #rows} after id and edit. */
    List<@Nullable Object> shown(long edit);

    /** Query of all rows as this version sees them: {@code t.id}, {@code t.edit}, then what it shows; it may be followed by a WHERE. */
    String rows();

    /**
     * The same while the backfill has not filled the new shape yet: a new version that is switched on before falls back to the old shape
     * where the new one is empty. By default the same as {@link #rows}.
     */
    default String rowsWhileFilling() {
        return rows();
    }

    /** Writes a new row; answers with its id. */
    Sql insert(long edit);

    /** Changes the row, if it still is as the edit {@code before} left it. Counts as one row. */
    Sql update(long id, long before, long edit);

    /** Deletes the row, if it still is as the edit {@code before} left it. Counts as one row. */
    default Sql delete(long id, long before) {
        return sql("DELETE FROM " + table() + " WHERE id = $1 AND edit = $2", id, before);
    }
}
