package dev.athanor.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions of what the figures depend on: our own as git tells it, those of the libraries as the names of their jars on the class path do. */
final class Versions {
    private static final List<String> TOLD = List.of(
            "athanor-core",
            "spring-batch-core",
            "r2dbc-postgresql",
            "r2dbc-pool",
            "reactor-core",
            "postgresql",
            "HikariCP",
            "flyway-core",
            "liquibase-core");

    private Versions() {}

    static Map<String, String> all() {
        Map<String, String> versions = new LinkedHashMap<>();
        checkout(Path.of(System.getProperty("athanor.benchmarks", "."))).ifPresent(own -> versions.put("athanor", own));
        versions.putAll(of(System.getProperty("java.class.path"), System.getProperty("path.separator")));
        return versions;
    }

    /** What git calls the state of the checkout that a folder is in, {@code -dirty} when files were changed; empty when it is in none. */
    static Optional<String> checkout(Path folder) {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty")
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String state = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? Optional.of(state) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    static Map<String, String> of(String classPath, String separator) {
        Map<String, String> versions = new LinkedHashMap<>();
        List<String> jars = Arrays.stream(classPath.split(Pattern.quote(separator)))
                .map(entry -> String.valueOf(Path.of(entry).getFileName()))
                .toList();
        for (String library : TOLD) {
            Pattern form = Pattern.compile(Pattern.quote(library) + "-([0-9].*)\\.jar");
            jars.stream()
                    .map(form::matcher)
                    .filter(Matcher::matches)
                    .findFirst()
                    .ifPresent(found -> versions.put(library, found.group(1)));
        }
        return versions;
    }
}
