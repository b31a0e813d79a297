package dev.athanor.benchmark.worker;

import com.sun.management.OperatingSystemMXBean;
import dev.athanor.benchmark.subject.Subjects;
import dev.athanor.benchmark.subject.Work;
import dev.athanor.benchmark.subject.Workplace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The main class of a worker. Standard input: {@code open ID}, {@code run}, {@code close}, each answered by one line; {@code stop}, which is
 * obeyed at once and not answered. It ends when its input does, whatever it is doing, so that none outlives the driver. Argument: folder for files;
 * the URL of the database is in the environment.
 */
public final class WorkerMain {
    /** Before an answer; other output of libraries goes to standard error. */
    static final String OK = "@ok ";
    /** Before the one line of a failure. */
    static final String FAILED = "@failed ";

    private static final String END = "end";

    private final Workplace place;
    private final PrintStream answers;
    private final BlockingQueue<String> commands = new LinkedBlockingQueue<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile @Nullable Work work;

    private WorkerMain(Workplace place, PrintStream answers) {
        this.place = place;
        this.answers = answers;
    }

    /** Works until the input ends. */
    public static void main(String[] arguments) throws InterruptedException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        WorkerMain worker =
                new WorkerMain(new Workplace(System.getenv(Worker.URL_VARIABLE), Path.of(arguments[0])), answers);
        Thread reader = new Thread(worker::read, "commands");
        reader.setDaemon(true);
        reader.start();
        worker.obey();
        System.exit(0);
    }

    private void read() {
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                if (line.equals("stop")) {
                    Work current = work;
                    if (current != null) {
                        current.stop();
                    }
                } else {
                    unanswered.incrementAndGet();
                    commands.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (unanswered.get() > 0) {
                // The driver is dead: nobody waits for the answer.
                Runtime.getRuntime().halt(1);
            }
            commands.add(END);
        }
    }

    private void obey() throws InterruptedException {
        for (String command = commands.take(); !command.equals(END); command = commands.take()) {
            String answer;
            try {
                answer = OK + answer(command);
            } catch (Exception | LinkageError | OutOfMemoryError e) {
                StringWriter trace = new StringWriter();
                e.printStackTrace(new PrintWriter(trace));
                System.err.println(trace);
                answer = FAILED + String.valueOf(e).replaceAll("\\s+", " ");
            }
            answers.println(answer);
            answers.flush();
            unanswered.decrementAndGet();
        }
    }

    private String answer(String command) throws Exception {
        if (command.startsWith("open ")) {
            work = Subjects.get(command.substring("open ".length())).open(place);
            return "";
        }
        Work current = work;
        if (current == null) {
            throw new IllegalStateException("nothing is open");
        }
        if (command.equals("run")) {
            return measure(current).toLine();
        }
        work = null;
        current.close();
        return "";
    }

    private static Measured measure(Work work) throws Exception {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        try (HeapMeter heap = HeapMeter.start()) {
            long cpu = system.getProcessCpuTime();
            Stopwatch watch = Stopwatch.start();
            work.run();
            long nanos = watch.nanos();
            long cpuNanos = system.getProcessCpuTime() - cpu;
            return new Measured(nanos, cpuNanos, heap.peak());
        }
    }
}
