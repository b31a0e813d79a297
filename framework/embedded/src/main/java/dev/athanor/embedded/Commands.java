package dev.athanor.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the server's programs, as root in a user namespace of their own, because PostgreSQL refuses to run as root. */
final class Commands {
    /** In a new user namespace without a mapping, root appears as {@code nobody}; files stay root's. */
    private static final List<String> AS_NOBODY = List.of("unshare", "-U");

    private final List<String> prefix;

    private Commands(List<String> prefix) {
        this.prefix = prefix;
    }

    /** Checks that the programs can be run by this user. */
    static Commands forThisUser() {
        if (!isRoot()) {
            return new Commands(List.of());
        }
        Commands commands = new Commands(AS_NOBODY);
        if (!commands.works()) {
            throw new EmbeddedPostgresException(
                    "embedded_root_needs_namespaces",
                    "PostgreSQL does not run as root, and a user namespace to run it in ('unshare -U') is not"
                            + " available here.",
                    "Run as an ordinary user, or allow user namespaces (sysctl user.max_user_namespaces above 0; in a"
                            + " container, a security profile that permits unshare), or give a server with --url.");
        }
        return commands;
    }

    private boolean works() {
        try {
            return run(List.of("true")).succeeded();
        } catch (IOException e) {
            return false;
        }
    }

    /** Runs to the end and gives back exit code and output (both streams). */
    Result run(List<String> command) throws IOException {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(exitCode(process), output.strip());
    }

    private static int exitCode(Process process) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static boolean isRoot() {
        try {
            Path self = Path.of("/proc/self");
            if (Files.exists(self)) {
                return Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"));
            }
        } catch (IOException | UnsupportedOperationException e) {
            return namedRoot();
        }
        return namedRoot();
    }

    private static boolean namedRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** What a program left behind. */
    record Result(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }
    }
}
