package dev.athanor.benchmark;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions of the libraries on the class path that the figures depend on, as the names of their jars say. */
final class Versions {
    private static final List<String> TOLD = List.of(
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
        return of(System.getProperty("java.class.path"), System.getProperty("path.separator"));
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
