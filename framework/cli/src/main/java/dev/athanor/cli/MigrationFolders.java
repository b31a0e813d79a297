package dev.athanor.cli;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The folders of migrations of a project, some of which may still have to be made. */
record MigrationFolders(List<Path> all) {

    /** Those that are there; also what is there and is no folder, so that it is complained of. */
    List<Path> present() {
        return all.stream().filter(MigrationFolders::exists).toList();
    }

    List<Path> missing() {
        return all.stream().filter(folder -> !exists(folder)).toList();
    }

    private static boolean exists(Path folder) {
        return Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
    }

    /** The innermost of them that a file is in. */
    Optional<Path> holding(Path file) {
        return all.stream()
                .filter(folder -> plain(file).startsWith(plain(folder)))
                .max(Comparator.comparingInt(folder -> plain(folder).getNameCount()));
    }

    /**
     * A folder as it is named, if files in it are found again.
     *
     * @throws AthanorException kind USAGE when it is not one of these or below one, or is hidden there
     */
    Path checked(Path named) {
        Path folder = holding(named)
                .orElseThrow(() -> UsageError.of(
                        "--version-path is '" + named + "', which is not in a folder of migrations: "
                                + all.stream().map(one -> "'" + one + "'").collect(Collectors.joining(", ")),
                        "revision"));
        for (Path part : plain(folder).relativize(plain(named))) {
            if (part.toString().startsWith(".")) {
                throw UsageError.of(
                        "--version-path is '" + named + "', and folders that begin with a dot are not read",
                        "revision");
            }
        }
        return named;
    }

    /** Makes those of the missing ones that nothing has been written to. */
    void make() {
        for (Path folder : missing()) {
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new AthanorException(
                        FailureKind.USAGE,
                        "file_not_written",
                        "The folder '" + folder + "' cannot be made: " + e.getMessage(),
                        "Make it, or leave it out of the folders of migrations.",
                        e);
            }
        }
    }

    private static Path plain(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
