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
 * Every case of every operation: on the newest major version, and with hostile names on the oldest. All versions that
 * {@code athanor.test.majors} names, and the hostile names on one of them, when it is set. Runs of several cases go side by
 * side. The system property {@code athanor.test.cases} narrows it to the paths that contain its value.
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
        return majors().stream()
                .map(major -> dynamicContainer(
                        TestServers.title(major), started("PostgreSQL " + major, major, CASES, CaseNames::plain)));
    }

    /** What an operation does depends on the version in a few places, all of which differ between the first and the last. */
    private static List<Integer> majors() {
        List<Integer> all = TestServers.majors();
        return asked() ? all : all.subList(all.size() - 1, all.size());
    }

    private static boolean asked() {
        return !System.getProperty("athanor.test.majors", "").isEmpty();
    }

    /** What bears no other names runs here by its own, so that it too meets the oldest version. */
    @TestFactory
    DynamicContainer everyCaseWithHostileNames() {
        int major = TestServers.majors().get(0);
        String where = "PostgreSQL " + major + ", hostile names";
        List<OperationCase> cases =
                CASES.stream().filter(one -> !asked() || !one.plainNames()).toList();
        return dynamicContainer(
                "hostile names, " + TestServers.title(major),
                started(where, major, cases, one -> one.plainNames() ? CaseNames.plain(one) : CaseNames.hostile(one)));
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
