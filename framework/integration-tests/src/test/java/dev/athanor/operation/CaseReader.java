package dev.athanor.operation;

import dev.athanor.operation.OperationCase.Kind;
import dev.athanor.operation.OperationCase.Moment;
import dev.athanor.operation.OperationCase.Name;
import dev.athanor.operation.OperationCase.Step;
import dev.athanor.operation.OperationCase.Versions;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads case files; what is wrong in one is an {@link AssertionError} with its line. */
final class CaseReader {
    private static final String PREFIX = "-- case:";

    private final String path;
    private final List<Name> names = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable Step open;
    private Versions versions = Versions.ALL;
    private boolean plainNames;
    private boolean irreversible;

    private CaseReader(String path) {
        this.path = path;
    }

    /** All cases on the class path, sorted by path. */
    static List<OperationCase> all() {
        URL folder = Objects.requireNonNull(CaseReader.class.getResource("/operations"));
        try {
            Path root = Path.of(folder.toURI());
            try (Stream<Path> files = Files.walk(root)) {
                return files.filter(file -> file.toString().endsWith(".sql"))
                        .sorted()
                        .map(file -> read(root, file))
                        .toList();
            }
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static OperationCase read(Path root, Path file) {
        String path = root.relativize(file).toString().replace('\\', '/').replaceFirst("\\.sql$", "");
        try {
            return read(path, Files.readString(file));
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }

    static OperationCase read(String path, String content) {
        CaseReader reader = new CaseReader(path);
        List<String> lines = content.lines().toList();
        for (int number = 1; number <= lines.size(); number++) {
            reader.line(number, lines.get(number - 1));
        }
        reader.close();
        return reader.finished();
    }

    private void line(int number, String line) {
        if (line.startsWith(PREFIX)) {
            close();
            directive(number, line.substring(PREFIX.length()).strip());
        } else if (open != null) {
            text.append(line).append('\n');
        } else if (!line.isBlank() && !line.startsWith("--")) {
            throw wrong(number, "text before the first section: " + line);
        }
    }

    private void directive(int number, String directive) {
        String[] words = directive.split("\\s+");
        switch (words[0]) {
            case "table" -> names.add(name(number, words, true));
            case "name" -> names.add(name(number, words, false));
            case "versions" -> versions = versions(number, directive);
            case "plain-names" -> {
                if (words.length < 2) {
                    throw wrong(number, "expected plain-names and a reason");
                }
                plainNames = true;
            }
            case "irreversible" -> irreversible = true;
            case "setup" -> open(number, directive, Kind.SETUP, Moment.SETUP);
            case "operation" -> open(number, directive, Kind.OPERATION, Moment.EXPAND);
            case "fresh" -> open(number, directive, Kind.FRESH, Moment.CONTRACT);
            case "old-writer" ->
                open(
                        number,
                        directive,
                        Kind.WRITER,
                        moment(number, words, EnumSet.of(Moment.EXPAND, Moment.BACKFILL, Moment.UNDO)));
            case "new-writer" ->
                open(
                        number,
                        directive,
                        Kind.WRITER,
                        moment(number, words, EnumSet.range(Moment.EXPAND, Moment.CONTRACT)));
            case "check" -> open(number, directive, Kind.CHECK, moment(number, words, EnumSet.allOf(Moment.class)));
            case "refused" -> open(number, directive, Kind.REFUSED, moment(number, words, EnumSet.allOf(Moment.class)));
            default -> throw wrong(number, "unknown section '" + directive + "'");
        }
    }

    private Name name(int number, String[] words, boolean inSchema) {
        if (words.length != 3) {
            throw wrong(number, "expected " + words[0] + " KEY NAME");
        }
        return new Name(words[1], words[2], inSchema);
    }

    /** Of {@code from=MAJOR to=MAJOR}, both as one likes; all when nothing is said. */
    private Versions versions(int number, String directive) {
        int from = 0;
        int to = Integer.MAX_VALUE;
        for (String word : directive.split("\\s+")) {
            if (word.startsWith("from=")) {
                from = Integer.parseInt(word.substring("from=".length()));
            } else if (word.startsWith("to=")) {
                to = Integer.parseInt(word.substring("to=".length()));
            } else if (word.contains("=")) {
                throw wrong(number, "expected from=MAJOR or to=MAJOR, found " + word);
            }
        }
        return new Versions(from, to);
    }

    private Moment moment(int number, String[] words, Set<Moment> allowed) {
        for (Moment moment : allowed) {
            if (words.length > 1 && words[1].equals(moment.name().toLowerCase(Locale.ROOT))) {
                return moment;
            }
        }
        throw wrong(number, "expected " + words[0] + " and one of " + allowed);
    }

    private void open(int number, String directive, Kind kind, Moment moment) {
        String[] words = directive.split("\\s+");
        boolean refused = kind == Kind.REFUSED;
        if (refused && (words.length < 3 || words[2].length() != 5)) {
            throw wrong(number, "expected refused MOMENT SQLSTATE");
        }
        open = new Step(kind, moment, number, directive, refused ? words[2] : null, versions(number, directive), "");
    }

    private void close() {
        Step done = open;
        if (done != null) {
            steps.add(new Step(
                    done.kind(),
                    done.moment(),
                    done.line(),
                    done.what(),
                    done.sqlState(),
                    done.versions(),
                    text.toString()));
            open = null;
            text.setLength(0);
        }
    }

    private OperationCase finished() {
        OperationCase read = new OperationCase(path, names, versions, plainNames, irreversible, steps);
        for (Kind kind : List.of(Kind.SETUP, Kind.OPERATION, Kind.FRESH)) {
            if (read.text(kind).isBlank()) {
                throw wrong(0, "no section " + kind.name().toLowerCase(Locale.ROOT));
            }
        }
        return read;
    }

    private AssertionError wrong(int line, String what) {
        return new AssertionError("Case " + path + ", line " + line + ": " + what);
    }
}
