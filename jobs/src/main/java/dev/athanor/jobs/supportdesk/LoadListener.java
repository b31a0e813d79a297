package dev.athanor.jobs.supportdesk;

/** Hears how far the making of a support desk is. Called from two threads at once; must be quick. */
@FunctionalInterface
public interface LoadListener {

    /** Says nothing. */
    LoadListener SILENT = (stage, rows, rowsExpected) -> {};

    /**
     * A stage has begun or has come further.
     *
     * @param stage a table's name while its rows are loaded, else what is being done, such as {@code indexes}
     * @param rows rows written so far; 0 when the stage begins
     * @param rowsExpected about how many there will be; 0 for a stage that does not count rows
     */
    void progress(String stage, long rows, long rowsExpected);
}
