package dev.athanor.operation;

import dev.athanor.source.RevisionFolder;
import dev.athanor.source.Revisions;
import dev.athanor.sql.QualifiedName;
import dev.athanor.testkit.TestDatabase;
import dev.athanor.testkit.TestServer;
import dev.athanor.testkit.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Gives each run of a case its databases and its revision file. */
final class CaseLab {
    /** Roles belong to the server, so cases cannot make their own; these are there for privileges and owners. */
    private static final List<String> ROLES = List.of("desk_reader", "desk_writer");

    private final Path folder;
    private final Set<Integer> withRoles = ConcurrentHashMap.newKeySet();

    CaseLab(Path folder) {
        this.folder = folder;
    }

    void run(OperationCase one, CaseNames names, int major) {
        TestServer server = TestServers.of(major);
        makeRoles(server, major);
        try (TestDatabase database = server.newDatabase();
                TestDatabase fresh = server.newDatabase()) {
            for (TestDatabase each : List.of(database, fresh)) {
                each.jdbc().execute("CREATE SCHEMA " + QualifiedName.quote(CaseNames.HOSTILE_SCHEMA));
            }
            CaseRun.run(one, names, revision(one, names), database, fresh);
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

    private synchronized void makeRoles(TestServer server, int major) {
        if (withRoles.add(major)) {
            try (TestDatabase any = server.newDatabase()) {
                for (String role : ROLES) {
                    if (any.jdbc()
                            .rows("SELECT FROM pg_roles WHERE rolname = ?", role)
                            .isEmpty()) {
                        any.jdbc().execute("CREATE ROLE " + role);
                    }
                }
            }
        }
    }
}
