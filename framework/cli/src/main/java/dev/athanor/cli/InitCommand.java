package dev.athanor.cli;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.source.NewFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Begins a project. */
@Command(
        name = "init",
        description = "Begin a project: athanor.yaml, a folder of migrations and a first revision, all with comments."
                + " Writes over nothing. Needs no database.")
final class InitCommand implements Callable<Integer> {
    private final AthanorCommand root;

    @Parameters(paramLabel = "DIR", arity = "0..1", description = "Where; made when it is not there. Default: here.")
    private Path folder = Path.of("");

    @Option(
            names = "--template",
            paramLabel = "sql|java|multidb",
            description =
                    "sql: revisions in SQL files. java: with a Maven project for Java revisions beside them. multidb:"
                            + " several databases, each with its own revisions. Default: sql.")
    private ProjectTemplate template = ProjectTemplate.SQL;

    InitCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        NewFiles files = new NewFiles();
        template.add(folder, files);
        // before the settings: a file that is in the way is no settings of ours
        files.checkAbsent();
        requireNoRevisions(folder.resolve(ProjectTemplate.MIGRATIONS));
        Settings settings = root.settings();
        files.write();
        report(files, new Result(root.terminal(), settings));
        return 0;
    }

    /** A first revision beside others would be a second base. */
    private static void requireNoRevisions(Path migrations) {
        if (!Files.isDirectory(migrations)) {
            return;
        }
        Optional<Path> revision;
        try (Stream<Path> files = Files.walk(migrations)) {
            revision = files.filter(file -> file.toString().endsWith(".sql")).findFirst();
        } catch (IOException e) {
            throw refused("The folder '" + migrations + "' cannot be read: " + e.getMessage());
        }
        if (revision.isPresent()) {
            throw refused("The folder '" + migrations + "' holds revisions already, such as '" + revision.get() + "'");
        }
    }

    private static AthanorException refused(String message) {
        return new AthanorException(
                FailureKind.USAGE,
                "file_exists",
                message,
                "Begin in another folder with: athanor init DIR; nothing was written.");
    }

    private void report(NewFiles files, Result result) {
        String here = folder.toString();
        List<String> next = template.next();
        result.json(json -> {
            json.put("template", template.name().toLowerCase(Locale.ROOT));
            json.put("folder", here.isEmpty() ? "." : here);
            json.put("files", files.files().stream().map(Path::toString).toList());
            json.put("next", next);
        });
        result.text(out -> {
            out.println("New project:");
            files.files().forEach(out::println);
            out.println();
            out.println("Next" + (here.isEmpty() ? "" : ", in '" + here + "'") + ":");
            next.forEach(command -> out.println("  " + command));
        });
    }
}
