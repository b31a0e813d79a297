package dev.athanor.embedded;

import java.nio.file.Path;

/** Where the servers for tests live. */
final class ThrowAwayServers {
    private ThrowAwayServers() {}

    static Path root() {
        return CacheDirectory.temporary().resolve("athanor-servers-" + System.getProperty("user.name", "user"));
    }
}
