package dev.athanor.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes, starts, finds and stops the server of one directory. The caller holds the directory's mutex. */
final class ServerControl {
    private static final Logger log = LoggerFactory.getLogger(ServerControl.class);

    private static final Duration GLANCE = Duration.ofMillis(50);

    /** A fast stop writes a checkpoint of up to {@code max_wal_size}; a slow disk needs minutes for it. */
    private static final Duration STOP_TIMEOUT = Duration.ofMinutes(5);

    /** Servers left by a kill hold their shared memory until they notice, within a second. */
    private static final int STARTS_AFTER_A_CRASH = 100;

    private static final int STARTS_ON_OTHER_PORTS = 3;

    private static final int TIMES_TO_VANISH = 3;

    /** One second; after a stop or a kill it is a matter of milliseconds. */
    private static final int GLANCES_AT_AN_ENDING = 20;

    private final EmbeddedSettings settings;
    private final ServerDirectory directory;
    private final Pause pause;
    private final Binaries binaries;
    private final Commands commands;

    ServerControl(EmbeddedSettings settings, ServerDirectory directory, Pause pause) {
        this.settings = settings;
        this.directory = directory;
        this.pause = pause;
        this.commands = Commands.forThisUser();
        this.binaries = Binaries.unpacked(settings);
    }

    /** Finds the running server or starts one; returns its port once it answers. */
    int ensureRunning() throws IOException {
        for (int vanished = 0; vanished < TIMES_TO_VANISH; vanished++) {
            Optional<PidFile> running = running();
            int port = running.isPresent() ? running.get().port() : startStopped();
            if (answers(port)) {
                directory.rememberPort(port);
                return port;
            }
        }
        throw failed("embedded_start_failed", "The embedded PostgreSQL ends soon after its start", directory.log());
    }

    /** The postmaster of this directory, if one lives. */
    Optional<PidFile> running() throws IOException {
        return PidFile.read(directory.data()).filter(found -> found.isAlive(directory.data()));
    }

    void stop(StopMode mode) throws IOException {
        Optional<PidFile> running = running();
        if (running.isEmpty()) {
            return;
        }
        Commands.Result result = commands.run(List.of(
                binaries.program("pg_ctl").toString(),
                "stop",
                "-w",
                "-D",
                directory.data().toString(),
                "-m",
                mode.option(),
                "-t",
                Long.toString(STOP_TIMEOUT.toSeconds())));
        if (!result.succeeded() && running().isPresent()) {
            throw failed("embedded_stop_failed", "The embedded PostgreSQL does not stop", directory.log());
        }
        awaitEnd(running.get().processId());
    }

    /** Ends the postmaster as a crash does, and returns when it is gone. */
    void kill() throws IOException {
        Optional<PidFile> running = running();
        if (running.isPresent()) {
            long postmaster = running.get().processId();
            ProcessHandle.of(postmaster).ifPresent(ProcessHandle::destroyForcibly);
            awaitEnd(postmaster);
        }
    }

    /** {@code pg_ctl} is content when the pid file is gone; the process itself needs a moment more. */
    private void awaitEnd(long processId) {
        for (int glance = 0; glance < GLANCES_AT_AN_ENDING; glance++) {
            if (!Processes.isAlive(processId)) {
                return;
            }
            pause.await(GLANCE);
        }
    }

    private int startStopped() throws IOException {
        if (!directory.hasData()) {
            Folders.delete(directory.unfinishedData());
            makeData(settings.primary());
            Files.move(directory.unfinishedData(), directory.data(), StandardCopyOption.ATOMIC_MOVE);
        }
        refuseOtherMajor();
        new ServerConfiguration(settings).write(directory.data());
        directory.rotateLog();
        boolean crashed = Files.deleteIfExists(PidFile.file(directory.data()));
        if (crashed) {
            log.info("the server of {} did not shut down cleanly; it recovers", directory.root());
        }
        return start(crashed ? STARTS_AFTER_A_CRASH : 1);
    }

    private int start(int attempts) throws IOException {
        int otherPorts = STARTS_ON_OTHER_PORTS;
        OptionalInt wanted = directory.lastPort();
        for (int attempt = 0; attempt < attempts; attempt++) {
            int port = wanted.isPresent() && isFree(wanted.getAsInt()) ? wanted.getAsInt() : freePort();
            if (startOn(port).succeeded()) {
                return port;
            }
            if (!isFree(port) && otherPorts-- > 0) {
                attempt--;
            } else if (attempt + 1 < attempts) {
                pause.await(GLANCE);
            }
        }
        throw failed("embedded_start_failed", "The embedded PostgreSQL does not start", directory.log());
    }

    private Commands.Result startOn(int port) throws IOException {
        return commands.run(List.of(
                binaries.program("pg_ctl").toString(),
                "start",
                "-w",
                "-s",
                "-D",
                directory.data().toString(),
                "-l",
                directory.log().toString(),
                "-t",
                Long.toString(Math.max(1, settings.startTimeout().toSeconds())),
                "-o",
                "-p " + port));
    }

    private void makeData(@Nullable Path primary) throws IOException {
        if (primary == null) {
            initialise();
        } else {
            new BaseBackup(new ServerDirectory(primary), directory).take();
        }
    }

    private void initialise() throws IOException {
        directory.newPassword();
        List<String> command = new ArrayList<>(List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + directory.unfinishedData(),
                "--username=" + Administration.USER,
                "--pwfile=" + directory.passwordFile(),
                "--auth=scram-sha-256",
                "--encoding=UTF8"));
        command.addAll(ServerConfiguration.localeOptions(binaries.major(commands)));
        if (settings.temporary()) {
            command.add("--no-sync");
        }
        Commands.Result result = commands.run(command);
        if (!result.succeeded()) {
            Path report = directory.root().resolve("initdb.log");
            Files.writeString(report, result.output() + "\n");
            throw failed("embedded_initdb_failed", "initdb cannot make a database", report);
        }
        ServerConfiguration.include(directory.unfinishedData());
    }

    private void refuseOtherMajor() throws IOException {
        int mine = binaries.major(commands);
        int theirs = directory.dataMajor();
        if (mine != theirs) {
            throw new EmbeddedPostgresException(
                    "embedded_other_major_version",
                    "The data in '" + directory.data() + "' were made by PostgreSQL " + theirs
                            + ", but the binaries here are PostgreSQL " + mine + ".",
                    "Put the binaries of version " + theirs + " on the class path, or delete '" + directory.root()
                            + "' to begin anew without the data.");
        }
    }

    /** Waits for an answer; false when the server ended meanwhile, as one does that was told to before we came. */
    private boolean answers(int port) throws IOException {
        Administration administration = new Administration(port, directory.password());
        long glances = settings.startTimeout().toMillis() / GLANCE.toMillis();
        SQLException last = null;
        for (long glance = 0; glance <= glances; glance++) {
            try {
                administration.ensureDatabase();
                return true;
            } catch (SQLException e) {
                last = e;
                if (isRefusedForGood(e)) {
                    break;
                } else if (running().isEmpty()) {
                    return false;
                }
            }
            pause.await(GLANCE);
        }
        throw new EmbeddedPostgresException(
                "embedded_not_answering",
                "The embedded PostgreSQL on port " + port + " does not let us in: "
                        + (last == null ? "no answer" : last.getMessage()) + ". Its log is '" + directory.log() + "'.",
                "Read the log; if '" + directory.passwordFile() + "' was changed, restore it.",
                last);
    }

    /** Wrong password, no right, no such object: anything but a connection that fails or a server not yet ready. */
    private static boolean isRefusedForGood(SQLException e) {
        String state = e.getSQLState();
        return state != null && !state.startsWith("08") && !state.startsWith("57P") && !state.startsWith("53");
    }

    private EmbeddedPostgresException failed(String code, String what, Path report) {
        String hint = ServerDirectory.isScarce(directory.root())
                ? "The disk of '" + directory.root() + "' is full: free some space."
                : "Read the log '" + report + "'; its end is shown above.";
        return new EmbeddedPostgresException(
                code, what + " (log '" + report + "'):\n" + ServerDirectory.tail(report), hint);
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(Administration.HOST))) {
            return probe.getLocalPort();
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(Administration.HOST, port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
