package dev.athanor.examples.run;

/** The stages of a rollout, in order. Two instances run; A is switched last. */
public enum Stage {
    /** The instances have just been started, and the JVM is cold. */
    WARM_UP("warm-up"),
    /** Both instances run the old version. */
    OLD("old alone"),
    /** The expand phase runs. */
    EXPAND("expand"),
    /** Instance B runs the new version. */
    BOTH("old and new"),
    /** The backfill runs, and its verification. */
    BACKFILL("backfill"),
    /** Both instances run the new version. */
    NEW("new alone"),
    /** The contract phase runs. */
    CONTRACT("contract"),
    /** The new version goes on in the new schema. */
    AFTER("after");

    private final String title;

    Stage(String title) {
        this.title = title;
    }

    /** In words. */
    public String title() {
        return title;
    }
}
