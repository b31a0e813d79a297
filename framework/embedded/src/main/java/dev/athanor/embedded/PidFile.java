package dev.athanor.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code postmaster.pid} says.
 *
 * @param processId of the postmaster that wrote it
 * @param port where that postmaster listens
 */
record PidFile(long processId, int port) {
    private static final int PORT_LINE = 3;

    /** Empty when there is none, or one that was cut off while being written. */
    static Optional<PidFile> read(Path data) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file(data));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (lines.size() <= PORT_LINE) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PidFile(
                    Long.parseLong(lines.get(0).strip()),
                    Integer.parseInt(lines.get(PORT_LINE).strip())));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static Path file(Path data) {
        return data.resolve("postmaster.pid");
    }

    /**
     * Whether that process still lives and is the postmaster of this data folder: after a crash the number may belong to
     * another program, or to a dead process that nobody has reaped.
     */
    boolean isAlive(Path data) {
        if (!Processes.isAlive(processId)) {
            return false;
        }
        Path folder = Path.of("/proc", Long.toString(processId), "cwd");
        try {
            return folder.toRealPath().equals(data.toRealPath());
        } catch (IOException e) {
            return ProcessHandle.of(processId)
                    .flatMap(process -> process.info().command())
                    .map(command -> Path.of(command).endsWith("postgres"))
                    .orElse(false);
        }
    }
}
