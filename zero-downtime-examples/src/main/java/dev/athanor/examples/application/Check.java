package dev.athanor.examples.application;

/** What an application must never meet while its schema is changed. */
public enum Check {
    /** A statement that failed. */
    APPLICATION_ERROR("application errors"),
    /** A row that is missing, that came back, or that holds what nobody wrote. */
    WRONG_READ("wrong reads"),
    /** A committed write of which nothing, or only a part, is seen later. */
    LOST_UPDATE("lost updates"),
    /** A statement that waited too long for a lock. */
    LOCK_WAIT("lock waits"),
    /** The migration itself did not come to its end. */
    MIGRATION("failed migrations");

    private final String title;

    Check(String title) {
        this.title = title;
    }

    /** In the plural, for reports. */
    public String title() {
        return title;
    }
}
