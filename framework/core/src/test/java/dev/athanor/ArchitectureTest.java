package dev.athanor;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the package table of ARCHITECTURE.md: who may use whom, and the one place for each library. */
class ArchitectureTest {
    private static final String BASE = "dev.athanor.";
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.athanor");

    private static final Map<String, List<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
            Map.entry("sql", List.of()),
            Map.entry("revision", List.of()),
            Map.entry("catalog", List.of("sql")),
            Map.entry("lint", List.of("sql", "catalog")),
            Map.entry("operation", List.of("sql", "catalog")),
            Map.entry("migration", List.of("operation")),
            Map.entry("source", List.of("sql", "revision", "operation", "migration")),
            Map.entry("plan", List.of("sql", "revision", "catalog", "lint", "source")),
            Map.entry("postgres", List.of("sql", "catalog")),
            Map.entry("ledger", List.of("sql", "revision", "catalog", "postgres")),
            Map.entry("schema", List.of("sql", "source", "plan", "postgres", "ledger")),
            Map.entry("throttle", List.of("sql", "postgres")),
            Map.entry(
                    "backfill",
                    List.of("sql", "catalog", "migration", "source", "plan", "postgres", "ledger", "throttle")),
            Map.entry("verify", List.of("sql", "catalog", "plan", "postgres", "ledger")),
            Map.entry("batch", List.of("revision", "plan", "ledger", "schema", "backfill", "verify")),
            Map.entry(
                    "run",
                    List.of(
                            "sql",
                            "revision",
                            "catalog",
                            "lint",
                            "source",
                            "plan",
                            "postgres",
                            "ledger",
                            "schema",
                            "throttle",
                            "backfill",
                            "verify",
                            "batch")),
            Map.entry("telemetry", List.of("revision", "throttle", "backfill", "run"))));

    static Stream<String> packages() {
        return MAY_USE.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void a_package_uses_only_what_the_table_allows(String name) {
        String[] forbidden = MAY_USE.keySet().stream()
                .filter(other -> !other.equals(name) && !MAY_USE.get(name).contains(other))
                .map(other -> BASE + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that(resideInAPackage(BASE + name + ".."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(forbidden))
                .check(CORE);
    }

    @Test
    void every_package_is_in_the_table() {
        Set<String> found = CORE.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(BASE))
                .map(name -> name.substring(BASE.length()).split("\\.")[0])
                .collect(Collectors.toSet());
        assertThat(found).containsExactlyInAnyOrderElementsOf(MAY_USE.keySet());
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching(BASE + "(*)..").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void no_package_is_a_drawer_for_everything() {
        assertThat(CORE.stream()
                        .map(JavaClass::getPackageName)
                        .distinct()
                        .flatMap(name -> Arrays.stream(name.split("\\."))))
                .doesNotContain("util", "common", "support", "helper", "utils", "misc");
    }

    @Test
    void only_postgres_imports_drivers() {
        onlyIn(List.of("postgres"), "io.r2dbc..", "com.zaxxer..", "java.sql..", "org.postgresql..");
    }

    @Test
    void only_batch_imports_spring() {
        onlyIn(List.of("batch"), "org.springframework..");
    }

    /** Batch's jobs take the registry of observations, and whoever builds a runner hands it through. */
    @Test
    void only_telemetry_imports_micrometer() {
        onlyIn(List.of("telemetry"), "io.micrometer.core..", "io.micrometer.common..");
        onlyIn(List.of("telemetry", "batch", "run"), "io.micrometer..");
    }

    @Test
    void reactor_stays_where_data_flows() {
        onlyIn(List.of("postgres", "ledger", "throttle", "backfill", "verify", "batch", "run"), "reactor..");
    }

    /** What a transform gives may come from any reactive library, so the API names the interface that all of them have. */
    @Test
    void revisions_say_reactive_streams_and_no_more() {
        onlyIn(
                List.of("migration", "postgres", "ledger", "throttle", "backfill", "verify", "batch", "run"),
                "org.reactivestreams..");
    }

    @Test
    void the_planning_packages_are_plain_java() {
        onlyIn(
                List.of("postgres", "ledger", "schema", "throttle", "backfill", "verify", "batch", "run"),
                "org.slf4j..",
                "javax.sql..");
        // source has the loader of Java revisions
        onlyIn(
                List.of("source", "postgres", "ledger", "schema", "throttle", "backfill", "verify", "batch", "run"),
                "java.net..");
    }

    private static void onlyIn(List<String> homes, String... libraries) {
        DescribedPredicate<JavaClass> home = resideInAnyPackage(
                homes.stream().map(name -> BASE + name + "..").toArray(String[]::new));
        noClasses()
                .that(DescribedPredicate.not(home))
                .should()
                .dependOnClassesThat(resideInAnyPackage(libraries))
                .check(CORE);
    }
}
