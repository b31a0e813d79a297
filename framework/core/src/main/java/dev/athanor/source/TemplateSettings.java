package dev.athanor.source;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How new revisions are to look in a project.
 *
 * @param folder where {@code revision.sql}, {@code merge.sql} and {@code Revision.java} are looked for, each of which may
 *     be missing; null: all built in
 * @param fileName pattern of the path of a SQL file below its folder of migrations, with or without {@code .sql}
 * @param javaFolder root of the sources that Java revisions are written to
 * @param javaPackage their package; empty for none
 * @param keys keys of the project's own with their values; a key of ours with the same name counts before them
 */
public record TemplateSettings(
        @Nullable Path folder, String fileName, Path javaFolder, String javaPackage, Map<String, String> keys) {
    /** Pattern of the names of SQL files where a project has none. */
    public static final String FILE_NAME = "{{id}}_{{slug}}";
    /** Root of the Java sources where a project has none: Maven's and Gradle's. */
    public static final Path JAVA_FOLDER = Path.of("src", "main", "java");
    /** Package of Java revisions where a project has none. */
    public static final String JAVA_PACKAGE = "migrations";

    private static final Pattern PACKAGE = Pattern.compile("|[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");

    /**
     * Settings with keys that stay.
     *
     * @throws AthanorException kind USAGE, code {@code invalid_setting}, when the package is none
     */
    public TemplateSettings {
        keys = Map.copyOf(keys);
        if (!isPackage(javaPackage)) {
            throw new AthanorException(
                    FailureKind.USAGE,
                    "invalid_setting",
                    "'" + javaPackage + "' is no name of a Java package",
                    "Set java-package to one such as com.example.migrations.");
        }
    }

    /** Whether a text is the name of a Java package, or empty. */
    public static boolean isPackage(String text) {
        return PACKAGE.matcher(text).matches();
    }

    /** Everything as it is built in. */
    public static TemplateSettings builtIn() {
        return new TemplateSettings(null, FILE_NAME, JAVA_FOLDER, JAVA_PACKAGE, Map.of());
    }
}
