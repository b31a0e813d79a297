package dev.athanor;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The size budget of this code base: prints where it stands and fails on the hard numbers. Files of every module count;
 * methods are measured from signature to closing brace.
 */
class SizeBudgetTest {
    private static final int FILE_MEDIAN = 90;
    private static final int FILE_LINES = 500;
    private static final int METHOD_LINES = 60;
    private static final int PARAMETERS = 5;
    private static final double PUBLIC_SHARE = 0.60;

    private static final List<JavaClass> CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.athanor").stream()
                    .toList();

    @Test
    void files_are_short() throws IOException {
        Map<Path, Integer> lines = new TreeMap<>();
        for (Path file : mainSources()) {
            lines.put(file, Files.readAllLines(file).size());
        }
        List<Integer> sorted = lines.values().stream().sorted().toList();
        int median = sorted.get(sorted.size() / 2);
        int longest = sorted.get(sorted.size() - 1);
        System.out.printf(
                "size budget: %d files, median %d lines (at most %d), longest %d (at most %d)%n",
                sorted.size(), median, FILE_MEDIAN, longest, FILE_LINES);
        assertThat(median).as("median lines of a file").isLessThanOrEqualTo(FILE_MEDIAN);
        assertThat(lines)
                .allSatisfy(
                        (file, size) -> assertThat(size).as("lines of %s", file).isLessThanOrEqualTo(FILE_LINES));
    }

    @Test
    void methods_are_short() throws IOException {
        int longest = 0;
        String name = "";
        for (Path file : mainSources()) {
            for (MethodLength.Found method : MethodLength.of(file)) {
                if (method.lines() > longest) {
                    longest = method.lines();
                    name = file.getFileName() + " " + method.name();
                }
            }
        }
        System.out.printf("size budget: longest method %s, %d lines (at most %d)%n", name, longest, METHOD_LINES);
        assertThat(longest).as("lines of %s", name).isPositive().isLessThanOrEqualTo(METHOD_LINES);
    }

    @Test
    void methods_take_few_parameters() {
        assertThat(CORE.stream()
                        .filter(type -> !type.isRecord() && !type.isEnum() && !type.isAnonymousClass())
                        .flatMap(type -> type.getCodeUnits().stream())
                        .filter(unit -> !unit.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .filter(unit -> !unit.getName().startsWith("lambda$"))
                        .filter(unit -> unit.getRawParameterTypes().size() > PARAMETERS)
                        .map(JavaCodeUnit::getFullName))
                .as("methods and constructors with more than %d parameters", PARAMETERS)
                .isEmpty();
    }

    @Test
    void most_of_a_package_is_its_own_affair() {
        List<JavaClass> topLevel = CORE.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .toList();
        long open = topLevel.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .count();
        double share = (double) open / topLevel.size();
        System.out.printf(
                "size budget: %d of %d top-level types of the core are public, %.0f %% (at most %.0f %%)%n",
                open, topLevel.size(), 100 * share, 100 * PUBLIC_SHARE);
        assertThat(share).as("share of public top-level types").isLessThanOrEqualTo(PUBLIC_SHARE);
    }

    private static List<Path> mainSources() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("athanor")) || !Files.exists(root.resolve("framework"))) {
            root = root.getParent();
            assertThat(root).as("the root of the project").isNotNull();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().replace('\\', '/').contains("/src/main/java/"))
                    .filter(file -> !file.getFileName().toString().equals("package-info.java"))
                    .toList();
        }
    }
}
