package dev.athanor.benchmark.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A server, as far as it matters to speed.
 *
 * @param version of PostgreSQL
 * @param embedded whether it was made for the measurement, on the machine that measures
 * @param settings by name, as SHOW writes them
 */
public record ServerFacts(String version, boolean embedded, Map<String, String> settings) {
    private static final List<String> TOLD = List.of(
            "fsync",
            "synchronous_commit",
            "full_page_writes",
            "shared_buffers",
            "work_mem",
            "maintenance_work_mem",
            "max_parallel_maintenance_workers",
            "max_wal_size",
            "checkpoint_timeout",
            "checkpoint_completion_target",
            "wal_level",
            "wal_compression",
            "wal_buffers",
            "jit",
            "autovacuum",
            "data_checksums",
            "max_connections",
            "synchronize_seqscans");

    static ServerFacts of(BenchmarkDatabase database, boolean embedded) {
        Map<String, String> settings = new LinkedHashMap<>();
        TOLD.forEach(name -> settings.put(name, database.text("SHOW " + name)));
        return new ServerFacts(database.text("SHOW server_version"), embedded, settings);
    }

    /** Whether what it commits survives a power cut; figures of one that does not are not comparable. */
    public boolean isDurable() {
        return !"off".equals(settings.get("fsync")) && !"off".equals(settings.get("synchronous_commit"));
    }
}
