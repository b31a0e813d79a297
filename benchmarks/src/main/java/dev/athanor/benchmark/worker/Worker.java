package dev.athanor.benchmark.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A JVM that runs subjects, as the driver sees it. Not for several threads, but for {@link #stop} and {@link #kill}. */
public final class Worker implements AutoCloseable {
    /** Variable that holds the URL of the database: everybody may read the arguments of a process, and a URL holds a password. */
    public static final String URL_VARIABLE = "ATHANOR_URL";
    /** Longest answer in hours. The slowest loop takes minutes for a million rows; what takes longer than this hangs. */
    public static final long LIMIT_HOURS = 2;

    private static final long GOODBYE_SECONDS = 10;

    private final Process process;
    private final BufferedReader output;
    private final PrintWriter input;
    private boolean used;

    private Worker(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.input = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    }

    /** Starts a JVM with this one's class path. */
    public static Worker start(WorkerSettings settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(settings.jvm());
        command.add(WorkerMain.class.getName());
        command.add(settings.folder().toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(settings.log().toFile()));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put(URL_VARIABLE, settings.url());
        try {
            return new Worker(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("no JVM can be started", e);
        }
    }

    /** Makes everything ready, unmeasured. */
    public void open(String subject) {
        ask("open " + subject);
    }

    /** Runs what is open. */
    public Measured run() {
        used = true;
        return Measured.ofLine(ask("run"));
    }

    /** Asks what runs to end early; {@link #run} then returns. */
    public void stop() {
        input.println("stop");
    }

    /** Ends the sessions of what is open. */
    public void closeWork() {
        ask("close");
    }

    /** Ends this one process with SIGKILL, at whatever it is doing, and returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Whether it has run anything: if not, nothing of it is compiled yet. */
    public boolean isUsed() {
        return used;
    }

    /** Whether it can be asked anything. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends all JVMs that this one has started, and those that they have. */
    public static void killAll() {
        Optional<String> java = ProcessHandle.current().info().command();
        ProcessHandle.current()
                .descendants()
                .filter(child -> java.isPresent() && java.equals(child.info().command()))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private String ask(String command) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        CompletableFuture<String> limited = answer.orTimeout(LIMIT_HOURS, TimeUnit.HOURS)
                .whenComplete((text, late) -> {
                    if (late != null) {
                        process.destroyForcibly();
                    }
                });
        try {
            answer.complete(answer(command));
            return limited.join();
        } catch (WorkerException e) {
            throw answer.isDone()
                    ? new WorkerException("no answer to '" + command + "' within " + LIMIT_HOURS + " hours")
                    : e;
        } finally {
            answer.cancel(false);
        }
    }

    private String answer(String command) {
        input.println(command);
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(WorkerMain.OK)) {
                    return line.substring(WorkerMain.OK.length());
                }
                if (line.startsWith(WorkerMain.FAILED)) {
                    throw new WorkerException(line.substring(WorkerMain.FAILED.length()));
                }
            }
        } catch (IOException e) {
            throw new WorkerException("the JVM of '" + command + "' does not answer: " + e.getMessage());
        }
        throw new WorkerException("the JVM of '" + command + "' has ended");
    }

    /** Lets it end by itself, and sees to it that it does. */
    @Override
    public void close() {
        input.close();
        try {
            if (!process.waitFor(GOODBYE_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }
}
