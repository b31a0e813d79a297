package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.postgres.Database;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random upgrades, downgrades and stamps over random graphs: the ledger holds exactly what a plain model says, and the heads
 * are by their definition the applied revisions that no other applied one revises or depends on, directly or not.
 */
@AthanorPostgres
class LedgerTipsTest {
    private static final int REVISIONS = 14;
    private static final int OPERATIONS = 14;

    private final Jdbc sql;
    private final TestDatabase server;
    /** What each revision revises or depends on. */
    private final Map<String, Set<String>> below = new LinkedHashMap<>();

    private Random random = new Random(0);

    LedgerTipsTest(TestDatabase server) {
        this.server = server;
        this.sql = server.jdbc();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void ledgerFollowsTheModel(long seed, @TempDir Path folder) {
        random = new Random(seed);
        sql.execute("DROP SCHEMA IF EXISTS athanor CASCADE");
        Migrations migrations = graph(new Migrations(folder, server));
        Set<String> applied = new TreeSet<>();
        try (Database database = migrations.open()) {
            for (int i = 0; i < OPERATIONS; i++) {
                MigrationRunner runner = migrations.runner(database, builder -> builder);
                String target = "rev" + random.nextInt(REVISIONS);
                List<String> heads = apply(runner, target, applied);
                assertThat(new TreeSet<>(sql.texts("SELECT id FROM athanor.revision WHERE phase = 'contract'")))
                        .as("operation %d on %s", i, target)
                        .isEqualTo(applied);
                assertThat(heads).containsExactlyElementsOf(tips(applied));
                assertThat(runner.status().heads()).containsExactlyElementsOf(tips(applied));
                assertThat(runner.status().pending()).hasSize(REVISIONS - applied.size());
            }
        }
    }

    private List<String> apply(MigrationRunner runner, String target, Set<String> applied) {
        switch (random.nextInt(4)) {
            case 0 -> {
                if (!applied.contains(target)) {
                    break;
                }
                applied.removeIf(id -> !id.equals(target) && closure(id).contains(target));
                return runner.downgrade(target).headsAfter();
            }
            case 1 -> {
                List<String> heads = runner.stamp(List.of(target), false).headsAfter();
                applied.removeIf(id -> !closure(heads).contains(id));
                applied.addAll(closure(heads));
                assertThat(heads)
                        .allMatch(id -> id.equals(target) || !closure(id).contains(target));
                assertThat(applied).contains(target);
                return heads;
            }
            default -> {}
        }
        applied.addAll(closure(target));
        return runner.upgrade(new UpgradeRequest(target, null)).headsAfter();
    }

    private Migrations graph(Migrations migrations) {
        for (int i = 0; i < REVISIONS; i++) {
            Set<String> parents = picked(i, random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(4) / 3);
            Set<String> dependencies = random.nextInt(4) == 0 ? picked(i, 1) : new TreeSet<>();
            dependencies.removeAll(parents);
            Set<String> all = new TreeSet<>(parents);
            all.addAll(dependencies);
            below.put("rev" + i, all);
            migrations.with(
                    "rev" + i,
                    "-- athanor:revision rev" + i + "\n-- athanor:revises "
                            + String.join(", ", parents) + "\n"
                            + (dependencies.isEmpty()
                                    ? ""
                                    : "-- athanor:depends-on " + String.join(", ", dependencies) + "\n"));
        }
        return migrations;
    }

    private Set<String> picked(int of, int howMany) {
        Set<String> picked = new TreeSet<>();
        for (int i = 0; i < howMany && of > 0; i++) {
            picked.add("rev" + random.nextInt(of));
        }
        return picked;
    }

    private Set<String> closure(List<String> ids) {
        return ids.stream().flatMap(id -> closure(id).stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> closure(String id) {
        Set<String> all = new TreeSet<>();
        List<String> open = new ArrayList<>(List.of(id));
        while (!open.isEmpty()) {
            String next = open.remove(open.size() - 1);
            if (all.add(next)) {
                open.addAll(below.getOrDefault(next, Set.of()));
            }
        }
        return all;
    }

    private List<String> tips(Set<String> applied) {
        return applied.stream()
                .filter(id -> applied.stream()
                        .noneMatch(other -> !other.equals(id) && closure(other).contains(id)))
                .sorted()
                .toList();
    }
}
