package dev.athanor.cli;

import dev.athanor.source.NewFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** What a new project may be like. */
enum ProjectTemplate {
    /** Revisions in SQL files. */
    SQL(List.of("athanor upgrade head --embedded")) {
        @Override
        void add(Path folder, NewFiles files) {
            files.add(folder.resolve("athanor.yaml"), parts("head.yaml", "database.yaml", "rest.yaml"));
            first(folder.resolve(MIGRATIONS), "first", files);
        }
    },

    /** Revisions in Java classes, beside SQL files. */
    JAVA(List.of("mvn compile", "athanor upgrade head --embedded")) {
        @Override
        void add(Path folder, NewFiles files) {
            files.add(folder.resolve("athanor.yaml"), parts("head.yaml", "database.yaml", "java.yaml", "rest.yaml"))
                    .add(folder.resolve("pom.xml"), parts("pom.xml").replace("@version@", Version.number()))
                    .add(folder.resolve("src/main/java/migrations/UpperCaseLines.java"), parts("UpperCaseLines.java"));
            first(folder.resolve(MIGRATIONS), "first", files);
        }
    },

    /** Several databases, each with its own revisions. */
    MULTIDB(List.of("athanor upgrade head --env app", "athanor upgrade head --all")) {
        @Override
        void add(Path folder, NewFiles files) {
            files.add(folder.resolve("athanor.yaml"), parts("head.yaml", "environments.yaml", "rest.yaml"));
            for (String name : List.of("app", "reporting")) {
                first(folder.resolve(MIGRATIONS).resolve(name), name + "_first", files);
            }
        }
    };

    /** The default of the setting {@code migrations}. */
    static final String MIGRATIONS = "migrations";

    private final List<String> next;

    ProjectTemplate(List<String> next) {
        this.next = next;
    }

    /** Adds the project's files. */
    abstract void add(Path folder, NewFiles files);

    /** What to type in the new folder. */
    List<String> next() {
        return next;
    }

    private static void first(Path folder, String id, NewFiles files) {
        files.add(folder.resolve(id + "_greetings.sql"), parts("first.sql").replace("@id@", id));
    }

    private static String parts(String... names) {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            String resource = "init/" + name + ".txt";
            try (InputStream stream = ProjectTemplate.class.getResourceAsStream(resource)) {
                byte[] bytes = Objects.requireNonNull(stream, resource).readAllBytes();
                text.append(new String(bytes, StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return text.toString();
    }
}
