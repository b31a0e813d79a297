package dev.athanor.operation;

import dev.athanor.source.RevisionFolder;
import dev.athanor.source.Revisions;
import dev.athanor.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Gives each run of a case its databases and its revision file. */
final class CaseLab implements AutoCloseable {
    private final Path folder;
    private final CaseDatabases databases = new CaseDatabases();

    CaseLab(Path folder) {
        this.folder = folder;
    }

    /** Runs a case; its databases are dropped when it fails, because something may still be going on in them. */
    void run(OperationCase one, CaseNames names, int major) {
        TestDatabase database = databases.take(major);
        TestDatabase fresh = databases.take(major);
        boolean passed = false;
        try {
            CaseRun.run(one, names, revision(one, names), database, fresh);
            passed = true;
        } finally {
            for (TestDatabase each : List.of(database, fresh)) {
                if (passed) {
                    databases.giveBack(major, each);
                } else {
                    each.close();
                }
            }
        }
    }

    private Revisions revision(OperationCase one, CaseNames names) {
        try {
            Path own = Files.createTempDirectory(folder, "case");
            Files.writeString(
                    own.resolve("case1.sql"),
                    "-- athanor:revision case1\n\n" + names.inRevision(one.text(OperationCase.Kind.OPERATION)));
            return RevisionFolder.read(List.of(own));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        databases.close();
    }
}
