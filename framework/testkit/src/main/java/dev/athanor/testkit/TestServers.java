package dev.athanor.testkit;

import java.nio.file.Path;
import java.util.List;

/**
 * Servers of every supported major version of PostgreSQL, each started when first asked for and stopped when the JVM
 * ends. Their binaries are jars {@code 14.jar} … in the folder that the system property {@code athanor.test.binaries}
 * names ({@code target/postgres} by default), where the Maven build puts them.
 *
 * <p>With {@code ATHANOR_TEST_URL} or {@code ATHANOR_TEST_CONTAINERS} there is that server alone, and {@link #majors}
 * has its version only. The system property {@code athanor.test.majors}, such as {@code 14,17}, narrows the embedded
 * ones while a test is being written.
 */
public final class TestServers {
    /** The major versions that Athanor supports, oldest first. */
    public static final List<Integer> SUPPORTED = List.of(14, 15, 16, 17, 18);

    private static final ServerMatrix MATRIX = new ServerMatrix(
            System.getenv(),
            System.getProperty("athanor.test.majors", ""),
            Path.of(System.getProperty("athanor.test.binaries", "target/postgres")));

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(MATRIX::close, "athanor-test-servers-shutdown"));
    }

    private TestServers() {}

    /**
     * The major versions that can be had here, oldest first; never empty.
     *
     * @throws IllegalStateException when the environment asks for a server that does not answer
     */
    public static List<Integer> majors() {
        return MATRIX.majors();
    }

    /**
     * The server of a major version, shared by all tests of this JVM: make databases on it, do not stop it.
     *
     * @throws IllegalArgumentException when it is not among {@link #majors}
     * @throws IllegalStateException when its binaries are not where they should be
     */
    public static TestServer of(int major) {
        return MATRIX.server(major);
    }

    /** For the name of a test: the version, and which others are not run here and why. */
    public static String title(int major) {
        return MATRIX.title(major);
    }
}
