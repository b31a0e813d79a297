package dev.athanor.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.athanor.testkit.TestServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every case of every operation with hostile names, in turn on the oldest and the newest major version. With plain names on all
 * versions that {@code athanor.test.majors} names, and with hostile names on the first of them, when it is set. Runs of several
 * cases go side by side. The system property {@code athanor.test.cases} narrows it to the paths that contain its value.
 */
class OperationLifecycleTest {
    private static final List<OperationCase> CASES = CaseReader.all().stream()
            .filter(one -> one.path().contains(System.getProperty("athanor.test.cases", "")))
            .toList();

    @TempDir
    private static Path folder;

    private static ExecutorService workers;
    private static CaseLab lab;

    @BeforeAll
    static void open() {
        workers = Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()));
        lab = new CaseLab(folder);
    }

    @AfterAll
    static void close() {
        workers.shutdownNow();
        lab.close();
    }

    @Test
    void everyOperationHasACase() {
        Set<String> covered =
                CaseReader.all().stream().map(OperationCase::keyword).collect(Collectors.toSet());
        assertThat(OperationForm.all())
                .extracting(OperationForm::keyword)
                .as("operations without a case in src/test/resources/operations/KEYWORD/")
                .allMatch(covered::contains);
    }

    @TestFactory
    Stream<DynamicContainer> everyCase() {
        List<Integer> majors = asked() ? TestServers.majors() : List.of();
        return majors.stream()
                .map(major -> dynamicContainer(
                        TestServers.title(major), started("PostgreSQL " + major, major, CASES, CaseNames::plain)));
    }

    private static boolean asked() {
        return !System.getProperty("athanor.test.majors", "").isEmpty();
    }

    @TestFactory
    Stream<DynamicContainer> everyCaseWithHostileNames() {
        List<Integer> majors = TestServers.majors();
        List<Integer> ends = asked() ? majors.subList(0, 1) : List.of(majors.get(0), majors.get(majors.size() - 1));
        return ends.stream()
                .distinct()
                .map(major -> dynamicContainer(
                        "hostile names, " + TestServers.title(major),
                        started(
                                "PostgreSQL " + major + ", hostile names",
                                major,
                                share(ends.stream().distinct().toList(), major),
                                one -> one.plainNames() ? CaseNames.plain(one) : CaseNames.hostile(one))));
    }

    /** The cases that are run on this version: in turn, but where a case is for some versions only, on one of those. */
    private static List<OperationCase> share(List<Integer> majors, int major) {
        List<OperationCase> mine = new ArrayList<>();
        for (int i = 0; i < CASES.size(); i++) {
            OperationCase one = CASES.get(i);
            List<Integer> possible =
                    majors.stream().filter(one.versions()::contains).toList();
            if (!possible.isEmpty() && possible.get(i % possible.size()) == major) {
                mine.add(one);
            }
        }
        return mine;
    }

    private static List<DynamicTest> started(
            String where, int major, List<OperationCase> cases, Function<OperationCase, CaseNames> names) {
        List<DynamicTest> tests = new ArrayList<>();
        for (OperationCase one : cases) {
            if (one.versions().contains(major)) {
                Future<?> run = workers.submit(() -> lab.run(one.on(major), names.apply(one), major));
                tests.add(dynamicTest(one.path(), () -> result(run, one.path() + " on " + where)));
            }
        }
        return tests;
    }

    private static void result(Future<?> run, String what) throws InterruptedException {
        try {
            run.get();
        } catch (ExecutionException e) {
            throw new AssertionError(what + ": " + e.getCause().getMessage(), e.getCause());
        }
    }
}
