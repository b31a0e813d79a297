package dev.athanor.cli;

import dev.athanor.revision.GraphEntry;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists the heads. */
@Command(name = "heads", description = "List the revisions that no other one revises. Needs no database.")
final class HeadsCommand implements Callable<Integer> {
    private final AthanorCommand root;

    HeadsCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Settings settings = root.settings();
        Graph graph = Graph.of(settings);
        List<GraphEntry> heads = graph.graph().headEntries();
        Result result = new Result(root.terminal(), settings);
        result.json(json -> json.put("heads", heads.stream().map(graph::json).toList()));
        result.text(out -> heads.forEach(head -> out.println(graph.line(head))));
        return 0;
    }
}
