package dev.athanor.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at processes that are not our children. */
final class Processes {
    private Processes() {}

    /** Whether the process runs; one that ended but was not yet reaped does not, though the JVM calls it alive. */
    static boolean isAlive(long processId) {
        return ProcessHandle.of(processId).filter(ProcessHandle::isAlive).isPresent() && !isDefunct(processId);
    }

    private static boolean isDefunct(long processId) {
        Path stat = Path.of("/proc", Long.toString(processId), "stat");
        try {
            String text = Files.readString(stat, StandardCharsets.ISO_8859_1);
            return text.startsWith("Z", text.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false;
        }
    }
}
