package dev.athanor.processor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Runs javac as a user does, with Athanor on its class path, and finds the processors as javac does. */
record Compiler(Path folder) {

    Path classes() {
        return folder.resolve("classes");
    }

    /** Compiles some sources; gives what javac says, in lines {@code File.java:line: message}. */
    List<String> compile(String... sources) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String source : sources) {
            String name = source.replaceAll("(?s).*?(class|interface|enum|record) (\\w+).*", "$2");
            Path file = folder.resolve("src").resolve(name + ".java");
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, source, StandardCharsets.UTF_8));
        }
        Files.createDirectories(classes());
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        try (StandardJavaFileManager manager =
                javac.getStandardFileManager(said, Locale.ROOT, StandardCharsets.UTF_8)) {
            List<String> options = new ArrayList<>(List.of("-d", classes().toString(), "-Xlint:all", "-Werror"));
            options.addAll(List.of("-encoding", "UTF-8", "-cp", System.getProperty("java.class.path")));
            if (Runtime.version().feature() >= 21) {
                options.add("-proc:full");
            }
            javac.getTask(null, manager, said, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
        }
        return said.getDiagnostics().stream()
                .map(one -> (one.getSource() == null
                                ? ""
                                : Path.of(one.getSource().toUri()).getFileName() + ":" + one.getLineNumber() + ": ")
                        + one.getMessage(Locale.ROOT))
                .toList();
    }

    List<String> index() throws IOException {
        return Files.readAllLines(classes().resolve("META-INF/athanor/revisions"));
    }

    boolean hasIndex() {
        return Files.exists(classes().resolve("META-INF"));
    }

    /** The files of class {@code name}, deleted with those that are nested in it. */
    void deleteClasses(String name) throws IOException {
        try (Stream<Path> files = Files.list(classes())) {
            for (Path file : files.filter(path -> path.getFileName().toString().matches(name + "(\\$.*)?\\.class"))
                    .toList()) {
                Files.delete(file);
            }
        }
    }
}
