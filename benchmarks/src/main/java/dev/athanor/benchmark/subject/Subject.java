package dev.athanor.benchmark.subject;

import dev.athanor.benchmark.table.Scene;

/** One way to do what a scene asks for. */
public sealed interface Subject
        permits AthanorEngine,
                AthanorUpgrade,
                BareLoop,
                CommittingProcedure,
                FlywayPeer,
                LimitLoop,
                LiquibasePeer,
                OffsetLoop,
                OneStatement,
                SpringBatchPeer,
                TouchBatches {

    /** What a subject is to the comparison. */
    enum Kind {
        /** The one statement that everything in its scene is compared with. */
        REFERENCE,
        /** Ours. */
        CASE,
        /** What else is in use. */
        PEER
    }

    /** Unique, for the command line and the results. */
    String id();

    /** For people. */
    String title();

    /** The table, and what is done with it. */
    Scene scene();

    /** What it is to the comparison. */
    Kind kind();

    /** Subjects of one group may share a JVM. */
    default String group() {
        return id();
    }

    /** Whether its rows go through the JVM, whose best compiler is worth its time then. */
    default boolean worksInTheJvm() {
        return false;
    }

    /** Whether it takes so long on a large table that one round, without a warm-up, must do. */
    default boolean isSlow() {
        return false;
    }

    /** Whether it is known to leave rows out, which are then counted and do not make it fail. */
    default boolean leavesRowsOut() {
        return false;
    }

    /** Makes everything ready that is not to be measured. */
    Work open(Workplace place) throws Exception;
}
