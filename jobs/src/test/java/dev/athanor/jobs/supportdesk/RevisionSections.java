package dev.athanor.jobs.supportdesk;

import dev.athanor.source.RevisionDefinition;
import dev.athanor.source.RevisionFolder;
import dev.athanor.source.Revisions;
import dev.athanor.source.Section;
import dev.athanor.sql.SqlStatement;
import dev.athanor.sql.StatementSplitter;
import dev.athanor.testkit.Jdbc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.springframework.util.FileSystemUtils;

/** The sections of a revision, run one after the other by plain JDBC; a backfill is one single chunk. */
record RevisionSections(RevisionDefinition revision) {
    private static final Pattern CHUNK = Pattern.compile("\\$\\{chunk(?::(\\w+))?}");

    static RevisionSections of(String id) {
        return new RevisionSections(completeSet().find(id).orElseThrow());
    }

    /** The revisions of the desk of today, written to a folder and read from there. */
    static Revisions all() {
        return written(SupportDesk::writeMigrations);
    }

    /** The complete set, written to a folder and read from there. */
    static Revisions completeSet() {
        return written(SupportDesk::writeCompleteSet);
    }

    /** Runs the whole of all revisions before this one. */
    RevisionSections onTop(Jdbc jdbc) {
        for (RevisionDefinition before : completeSet().definitions()) {
            if (before.id().equals(revision.id())) {
                return this;
            }
            new RevisionSections(before).whole(jdbc);
        }
        throw new IllegalStateException(revision.id() + " is not in the set");
    }

    void whole(Jdbc jdbc) {
        run(jdbc, "expand");
        run(jdbc, "backfill");
        run(jdbc, "contract");
    }

    private static Revisions written(Consumer<Path> writer) {
        try {
            Path folder = Files.createTempDirectory("migrations");
            writer.accept(folder);
            Revisions revisions = RevisionFolder.read(List.of(folder));
            FileSystemUtils.deleteRecursively(folder);
            return revisions;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void run(Jdbc jdbc, String kind) {
        run(jdbc, kind, 0, Integer.MAX_VALUE);
    }

    /** Runs only some of the sections of this kind, counted from 0 in file order. */
    void run(Jdbc jdbc, String kind, int from, int to) {
        List<Section> sections = revision.sections().stream()
                .filter(section -> kind.equals(kind(section)))
                .toList();
        for (Section section : sections.subList(from, Math.min(to, sections.size()))) {
            if (section instanceof Section.Schema schema && schema.options().transactional()) {
                jdbc.execute("BEGIN;" + schema.sql() + "\n;COMMIT");
            } else {
                statements(section).forEach(jdbc::execute);
            }
        }
    }

    /** Rows still wrong, one number for each verification in file order. */
    List<Long> verify(Jdbc jdbc) {
        return revision.sections().stream()
                .filter(Section.Verify.class::isInstance)
                .map(section -> jdbc.number(statements(section).get(0)))
                .toList();
    }

    private static String kind(Section section) {
        if (section instanceof Section.Schema schema) {
            return (schema.undo() ? "undo " : "") + schema.phase().key();
        }
        return section instanceof Section.Backfill ? "backfill" : "verify";
    }

    private static List<String> statements(Section section) {
        if (section instanceof Section.Schema schema) {
            return split(schema.sql());
        }
        return split(
                section instanceof Section.Backfill backfill
                        ? CHUNK.matcher(backfill.sql())
                                .replaceAll(chunk -> (chunk.group(1) == null ? "" : chunk.group(1) + ".") + "id > 0")
                        : ((Section.Verify) section).sql());
    }

    private static List<String> split(String sql) {
        return StatementSplitter.split(sql).stream().map(SqlStatement::text).toList();
    }
}
