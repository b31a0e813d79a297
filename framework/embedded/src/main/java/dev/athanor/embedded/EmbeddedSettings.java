package dev.athanor.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where an embedded server lives and how it runs.
 *
 * @param directory holds the data, the log, the password and the lock files; made when missing
 * @param cacheDirectory holds the unpacked server binaries, shared by all servers of this user
 * @param temporary whether the directory is deleted at close and nothing need survive a power cut ({@code fsync} off)
 * @param startTimeout how long the server may take to answer, crash recovery included
 * @param shutdownGrace how long the JVM's shutdown waits for open handles to be closed by their owners before it closes
 *     them itself; zero closes them at once
 * @param serverSettings settings for {@code postgresql.conf}, by name; they win over the defaults here, and
 *     {@code ALTER SYSTEM} wins over them
 * @param primary directory of the running server that this one becomes a streaming standby of when its data are first
 *     made; null for a server of its own
 * @param binaries jar of the binaries (one of {@code io.zonky.test.postgres}), or the {@code .txz} archive out of it;
 *     null for the one on the class path
 */
public record EmbeddedSettings(
        Path directory,
        Path cacheDirectory,
        boolean temporary,
        Duration startTimeout,
        Duration shutdownGrace,
        Map<String, String> serverSettings,
        @Nullable Path primary,
        @Nullable Path binaries) {
    /** Crash recovery replays at most {@code max_wal_size}, 2 GB: a minute on a slow disk. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(120);

    /** Checks the durations and makes the paths absolute. */
    public EmbeddedSettings {
        if (startTimeout.isNegative() || startTimeout.isZero() || shutdownGrace.isNegative()) {
            throw new IllegalArgumentException("startTimeout must be above zero and shutdownGrace not below it");
        }
        directory = directory.toAbsolutePath().normalize();
        cacheDirectory = cacheDirectory.toAbsolutePath().normalize();
        serverSettings = Collections.unmodifiableMap(new LinkedHashMap<>(serverSettings));
    }

    /** A durable server whose data stay in {@code directory} between runs. */
    public static EmbeddedSettings in(Path directory) {
        return new EmbeddedSettings(
                directory, CacheDirectory.standard(), false, START_TIMEOUT, Duration.ZERO, Map.of(), null, null);
    }

    /** A server for tests: its own new temporary directory, deleted at close; {@code fsync} off. */
    public static EmbeddedSettings throwAway() {
        Path directory = ThrowAwayServers.root().resolve(UUID.randomUUID().toString());
        return new EmbeddedSettings(
                directory, CacheDirectory.standard(), true, START_TIMEOUT, Duration.ZERO, Map.of(), null, null);
    }

    /**
     * A streaming standby for tests of a running server: its own new temporary directory, deleted at close, with the
     * primary's binaries and settings. Its replication slot on the primary, named as its {@code primary_slot_name}, is
     * the caller's to drop.
     */
    public static EmbeddedSettings standbyOf(EmbeddedServer primary) {
        EmbeddedSettings theirs = primary.settings();
        EmbeddedSettings ours = throwAway();
        return new EmbeddedSettings(
                ours.directory(),
                theirs.cacheDirectory(),
                true,
                theirs.startTimeout(),
                Duration.ZERO,
                theirs.serverSettings(),
                theirs.directory(),
                theirs.binaries());
    }

    /** The same with the binaries kept elsewhere. */
    public EmbeddedSettings withCacheDirectory(Path cache) {
        return new EmbeddedSettings(
                directory, cache, temporary, startTimeout, shutdownGrace, serverSettings, primary, binaries);
    }

    /** The same with another grace at the JVM's shutdown; see the record's parameter. */
    public EmbeddedSettings withShutdownGrace(Duration grace) {
        return new EmbeddedSettings(
                directory, cacheDirectory, temporary, startTimeout, grace, serverSettings, primary, binaries);
    }

    /** The same with one more server setting, such as {@code max_connections} and {@code 300}. */
    public EmbeddedSettings withServerSetting(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(serverSettings);
        more.put(name, value);
        return new EmbeddedSettings(
                directory, cacheDirectory, temporary, startTimeout, shutdownGrace, more, primary, binaries);
    }

    /** The same with the server of another version: a jar of its binaries, or the archive out of one. */
    public EmbeddedSettings withBinaries(Path jarOrArchive) {
        return new EmbeddedSettings(
                directory,
                cacheDirectory,
                temporary,
                startTimeout,
                shutdownGrace,
                serverSettings,
                primary,
                jarOrArchive.toAbsolutePath().normalize());
    }
}
