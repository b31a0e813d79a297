package dev.athanor.testkit;

import dev.athanor.embedded.EmbeddedServer;
import dev.athanor.embedded.EmbeddedSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One server a major version, or the one that the environment gives. */
final class ServerMatrix implements AutoCloseable {
    /** Small, because all of them may run at once. */
    private static final Map<String, String> SMALL = new TreeMap<>(Map.of(
            "shared_buffers", "32MB",
            "max_connections", "60",
            "max_wal_size", "128MB",
            "max_parallel_workers_per_gather", "0"));

    private final Map<String, String> environment;
    private final String narrowed;
    private final Path binaries;
    private final Map<Integer, TestServer> embedded = new ConcurrentHashMap<>();
    private @Nullable Given given;

    ServerMatrix(Map<String, String> environment, String narrowed, Path binaries) {
        this.environment = environment;
        this.narrowed = narrowed;
        this.binaries = binaries;
    }

    /** The environment's server and its version. */
    private record Given(TestServer server, int major) {}

    List<Integer> majors() {
        if (TestServer.isGiven(environment)) {
            return List.of(given().major());
        }
        if (narrowed.isBlank()) {
            return TestServers.SUPPORTED;
        }
        List<Integer> wanted = Arrays.stream(narrowed.split(","))
                .map(text -> Integer.valueOf(text.strip()))
                .sorted()
                .distinct()
                .toList();
        if (!TestServers.SUPPORTED.containsAll(wanted)) {
            throw new IllegalArgumentException(
                    "athanor.test.majors is '" + narrowed + "', but there are " + TestServers.SUPPORTED);
        }
        return wanted;
    }

    TestServer server(int major) {
        if (!majors().contains(major)) {
            throw new IllegalArgumentException("There is no server of PostgreSQL " + major + " here" + missing());
        }
        return TestServer.isGiven(environment) ? given().server() : embedded.computeIfAbsent(major, this::start);
    }

    String title(int major) {
        return "PostgreSQL " + major + missing();
    }

    private String missing() {
        List<Integer> here = majors();
        String others = TestServers.SUPPORTED.stream()
                .filter(major -> !here.contains(major))
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        if (others.isEmpty()) {
            return "";
        }
        String why = TestServer.isGiven(environment) ? "the environment gives the server" : "athanor.test.majors";
        return " (not on " + others + ": " + why + ")";
    }

    private TestServer start(int major) {
        Path jar = binaries.resolve(major + ".jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException("There are no binaries of PostgreSQL " + major + " ('"
                    + jar.toAbsolutePath() + "'). The module's POM must name maven-dependency-plugin; then run"
                    + " 'mvn generate-test-resources'.");
        }
        EmbeddedSettings settings = EmbeddedSettings.throwAway().withBinaries(jar);
        for (Map.Entry<String, String> setting : SMALL.entrySet()) {
            settings = settings.withServerSetting(setting.getKey(), setting.getValue());
        }
        return new EmbeddedTestServer(EmbeddedServer.open(settings));
    }

    private synchronized Given given() {
        if (given == null) {
            TestServer server = TestServer.chosen(environment);
            given = new Given(server, server.major());
        }
        return given;
    }

    /** Stops what was started. */
    @Override
    public synchronized void close() {
        embedded.values().forEach(TestServer::close);
        embedded.clear();
        if (given != null) {
            given.server().close();
            given = null;
        }
    }
}
