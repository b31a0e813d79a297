package dev.athanor.cli;

import dev.athanor.revision.AppliedState;
import dev.athanor.revision.GraphEntry;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the heads. */
@Command(name = "heads", description = "List the revisions that no other one revises. Needs no database.")
final class HeadsCommand implements Callable<Integer> {
    private final AthanorCommand root;

    @Option(names = "--resolve-dependencies", description = "Leave out the heads that some other revision depends on.")
    private boolean resolveDependencies;

    HeadsCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Settings settings = root.settings();
        Graph graph = Graph.of(settings);
        List<GraphEntry> heads = resolveDependencies
                ? graph.graph().show(AppliedState.none(), "heads")
                : graph.graph().headEntries();
        Result result = new Result(root.terminal(), settings);
        result.json(json -> json.put("heads", heads.stream().map(graph::json).toList()));
        result.text(out -> heads.forEach(head -> out.println(graph.line(head))));
        return 0;
    }
}
