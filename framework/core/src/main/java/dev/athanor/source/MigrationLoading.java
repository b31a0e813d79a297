package dev.athanor.source;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Loads the classes that indexes name and reads them. */
final class MigrationLoading {
    /** Class files of Java 1 have version 45, and every Java since has gone up by one (JVM specification, 4.1). */
    private static final int VERSION_BEFORE_JAVA_1 = 44;

    private final ClassLoader loader;

    MigrationLoading(ClassLoader loader) {
        this.loader = loader;
    }

    Revisions load(List<String> names) {
        MigrationDefinitions definitions = new MigrationDefinitions();
        List<String> problems = new ArrayList<>();
        List<Throwable> causes = new ArrayList<>();
        for (String name : names) {
            try {
                definitions.add(Class.forName(name, false, loader));
            } catch (ClassNotFoundException | LinkageError e) {
                problems.add("The Java revision '" + name + "' cannot be loaded: " + reason(name, e));
                causes.add(e);
            }
        }
        if (!problems.isEmpty()) {
            AthanorException refused = new AthanorException(
                    FailureKind.USAGE,
                    "java_revision_unloadable",
                    String.join("\n", problems),
                    "Compile the project from clean, for Java "
                            + Runtime.version().feature() + " or older, and name with --classpath all that it needs.");
            causes.forEach(refused::addSuppressed);
            throw refused;
        }
        return definitions.all();
    }

    private String reason(String name, Throwable e) {
        if (e instanceof ClassNotFoundException) {
            return "the index names it, but it is not there";
        }
        if (e instanceof UnsupportedClassVersionError) {
            return "it was compiled for " + javaOf(name) + ", and this is Java "
                    + Runtime.version().feature();
        }
        return e instanceof NoClassDefFoundError missing ? "it needs " + missing.getMessage() : e.toString();
    }

    private String javaOf(String name) {
        try (InputStream stream = loader.getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (stream == null) {
                return "a newer Java";
            }
            DataInputStream data = new DataInputStream(stream);
            data.skipNBytes(6);
            int java = data.readUnsignedShort() - VERSION_BEFORE_JAVA_1;
            return java > Runtime.version().feature() ? "Java " + java : "a newer Java";
        } catch (IOException unreadable) {
            return "a newer Java";
        }
    }
}
