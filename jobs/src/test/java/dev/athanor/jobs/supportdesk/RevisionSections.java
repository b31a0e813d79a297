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
import org.springframework.util.FileSystemUtils;

/** The sections of a revision, run one after the other by plain JDBC; a backfill is one single chunk. */
record RevisionSections(RevisionDefinition revision) {

    static RevisionSections of(String id) {
        return new RevisionSections(all().find(id).orElseThrow());
    }

    /** All revisions of the support desk, written to a folder and read from there. */
    static Revisions all() {
        try {
            Path folder = Files.createTempDirectory("migrations");
            SupportDesk.writeMigrations(folder);
            Revisions revisions = RevisionFolder.read(List.of(folder));
            FileSystemUtils.deleteRecursively(folder);
            return revisions;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void run(Jdbc jdbc, String kind) {
        for (Section section : revision.sections()) {
            if (kind.equals(kind(section))) {
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
                        ? backfill.sql().replace("${chunk}", "id > 0")
                        : ((Section.Verify) section).sql());
    }

    private static List<String> split(String sql) {
        return StatementSplitter.split(sql).stream().map(SqlStatement::text).toList();
    }
}
