package dev.athanor.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way of using an operation, and all that must hold on the way. See {@code README.md} beside the case files.
 *
 * @param path such as {@code rename-column/plain}
 * @param names that are replaced in everything below
 * @param versions that can run it
 * @param plainNames whether it is not run with hostile names
 * @param irreversible whether its contract cannot be undone
 * @param steps everything else, in the order of the file
 */
record OperationCase(
        String path, List<Name> names, Versions versions, boolean plainNames, boolean irreversible, List<Step> steps) {
    /** When something is done or looked at: when this has just been done. */
    enum Moment {
        /** Before the first phase. */
        SETUP,
        EXPAND,
        BACKFILL,
        CONTRACT,
        /** After all phases are undone. */
        UNDO
    }

    /** What is done with a text. */
    enum Kind {
        /** Makes the tables and rows, in the old shape. */
        SETUP,
        /** The sections of the revision. */
        OPERATION,
        /** Makes the tables in the new shape, in another database. */
        FRESH,
        /** What an old or new version of the application writes. */
        WRITER,
        /** What the server must refuse. */
        REFUSED,
        /** Queries with the rows that they must give. */
        CHECK
    }

    /**
     * A section of the file.
     *
     * @param line where it begins
     * @param what for messages: its directive
     * @param sqlState that the statement must fail with; null for any other kind
     * @param versions that it is for
     */
    record Step(
            Kind kind,
            Moment moment,
            int line,
            String what,
            @Nullable String sqlState,
            Versions versions,
            String text) {}

    /**
     * Major versions.
     *
     * @param from oldest
     * @param to newest
     */
    record Versions(int from, int to) {
        static final Versions ALL = new Versions(0, Integer.MAX_VALUE);

        boolean contains(int major) {
            return major >= from && major <= to;
        }
    }

    /**
     * A name that is written in braces.
     *
     * @param key between the braces
     * @param plain what stands there in an ordinary run
     * @param inSchema whether it may stand in a schema, as tables do
     */
    record Name(String key, String plain, boolean inSchema) {}

    /** The part of the path that is an operation's keyword. */
    String keyword() {
        return path.substring(0, path.indexOf('/'));
    }

    /** The same as far as it is for one version. */
    OperationCase on(int major) {
        List<Step> mine =
                steps.stream().filter(step -> step.versions().contains(major)).toList();
        return new OperationCase(path, names, versions, plainNames, irreversible, mine);
    }

    List<Step> steps(Kind kind) {
        return steps.stream().filter(step -> step.kind() == kind).toList();
    }

    /** The text of the sections of a kind, one behind the other. */
    String text(Kind kind) {
        return String.join("\n", steps(kind).stream().map(Step::text).toList());
    }
}
