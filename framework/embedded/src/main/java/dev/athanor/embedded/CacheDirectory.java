package dev.athanor.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Finds the folder for the unpacked binaries: the user's cache, else the temporary folder. */
final class CacheDirectory {
    private CacheDirectory() {}

    static Path standard() {
        return choose(System.getenv(), Path.of(System.getProperty("user.home", "")));
    }

    static Path choose(Map<String, String> environment, Path home) {
        String cache = environment.get("XDG_CACHE_HOME");
        Path wanted = cache == null || cache.isEmpty() ? home.resolve(".cache") : Path.of(cache);
        if (wanted.isAbsolute() && canBeWritten(wanted)) {
            return wanted.resolve("athanor");
        }
        return temporary().resolve("athanor-cache-" + System.getProperty("user.name", "user"));
    }

    /** Whether the folder lies directly in the temporary folder, where other users may write too. */
    static boolean isTemporary(Path folder) {
        return temporary().equals(folder.getParent());
    }

    static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath().normalize();
    }

    private static boolean canBeWritten(Path folder) {
        for (Path at = folder; at != null; at = at.getParent()) {
            if (Files.exists(at)) {
                return Files.isDirectory(at) && Files.isWritable(at);
            }
        }
        return false;
    }
}
