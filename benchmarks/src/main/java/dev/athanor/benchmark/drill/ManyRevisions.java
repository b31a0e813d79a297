package dev.athanor.benchmark.drill;

import dev.athanor.revision.RevisionNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A history such as a large team leaves behind: a line of revisions, with a side branch that is merged after every ten of them. */
public final class ManyRevisions {
    private static final int BRANCH_EVERY = 10;

    private ManyRevisions() {}

    /** So many revisions, the oldest first. */
    public static List<RevisionNode> nodes(int number) {
        List<RevisionNode> nodes = new ArrayList<>(number);
        String head = "";
        String fork = "";
        for (int i = 0; i < number; i++) {
            String id = String.format("r%06d", i);
            int place = i % BRANCH_EVERY;
            if (place == BRANCH_EVERY - 1) {
                nodes.add(node(id, List.of(fork)));
                continue;
            }
            if (place == 0 && i > 0) {
                nodes.add(node(id, List.of(head, nodes.get(i - 1).id())));
            } else {
                nodes.add(node(id, head.isEmpty() ? List.of() : List.of(head)));
            }
            head = id;
            fork = place == BRANCH_EVERY / 2 ? id : fork;
        }
        return nodes;
    }

    /** Each of them as a file with a schema section, a backfill and an undo. */
    static void write(List<RevisionNode> nodes, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (RevisionNode node : nodes) {
            Files.writeString(
                    folder.resolve(node.id() + ".sql"), """
                    -- athanor:revision %1$s
                    -- athanor:revises  %2$s
                    -- athanor:message  a column more

                    -- athanor:expand
                    ALTER TABLE tickets ADD COLUMN %1$s integer;

                    -- athanor:backfill name=fill table=tickets
                    UPDATE tickets SET %1$s = user_id %% 100 WHERE ${chunk} AND %1$s IS NULL;

                    -- athanor:undo expand
                    ALTER TABLE tickets DROP COLUMN %1$s;
                    """.formatted(node.id(), String.join(", ", node.revises())));
        }
    }

    private static RevisionNode node(String id, List<String> revises) {
        return new RevisionNode(id, revises, List.of(), List.of());
    }
}
