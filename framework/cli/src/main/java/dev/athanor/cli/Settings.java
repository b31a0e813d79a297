package dev.athanor.cli;

import dev.athanor.source.RevisionSources;
import dev.athanor.source.Revisions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a command, after flags, environment, file and defaults.
 *
 * @param url database, or null
 * @param embedded database on a server of our own, or null
 * @param migrations folders of revisions
 * @param classPath folders and jars of Java revisions
 * @param placeholders values of <code>${name}</code>
 * @param output form of the result
 * @param stateSchema schema of our own tables
 * @param throttle signals that hold backfills back, by name, as the file and the environment have them
 * @param locks whom a run may end when a schema statement waits for him, as the file and the environment have it
 * @param writing how new revisions are written
 * @param linting what lint does before an upgrade
 * @param voice how much is said
 * @param origins every setting by its name, as text, with where it comes from
 */
record Settings(
        @Nullable String url,
        @Nullable String embedded,
        List<Path> migrations,
        List<Path> classPath,
        Map<String, String> placeholders,
        OutputFormat output,
        String stateSchema,
        Map<String, String> throttle,
        Map<String, String> locks,
        Writing writing,
        Linting linting,
        Voice voice,
        Map<String, Sourced<String>> origins) {

    /** How much is said. */
    record Voice(boolean verbose, boolean quiet, boolean stackTrace) {}

    boolean json() {
        return output == OutputFormat.JSON;
    }

    /** Files and classes. With a class path there need be no folder, unless one is named. */
    Revisions revisions() {
        Sourced<String> named = origins.get("migrations");
        boolean classesOnly = !classPath.isEmpty()
                && named != null
                && named.origin().equals(Sourced.DEFAULT)
                && migrations.stream().noneMatch(Files::isDirectory);
        return revisions(classesOnly ? List.of() : migrations);
    }

    /** The same with other folders. */
    Revisions revisions(List<Path> folders) {
        return RevisionSources.read(folders, classPath);
    }
}
