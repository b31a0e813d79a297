package dev.athanor.operation;

/**
 * A column and the expression that gives its value from the other columns of its row.
 *
 * @param column true spelling
 * @param expression SQL over the columns of the table
 */
public record Assignment(String column, String expression) {
    public Assignment {
        Fragments.whole("the expression of column '" + column + "'", expression);
    }

    /** {@code "state" = lower(status)}, of UPDATE. */
    String ofUpdate() {
        return Names.quoted(column) + " = (" + expression + ")";
    }
}
