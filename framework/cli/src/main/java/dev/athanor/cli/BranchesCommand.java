package dev.athanor.cli;

import dev.athanor.revision.GraphEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists the branch points. */
@Command(name = "branches", description = "List the revisions that several others revise. Needs no database.")
final class BranchesCommand implements Callable<Integer> {
    private final AthanorCommand root;

    BranchesCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Settings settings = root.settings();
        Graph graph = Graph.of(settings);
        List<GraphEntry> points = graph.graph().branches();
        Result result = new Result(root.terminal(), settings);
        result.json(json -> json.put(
                "branches", points.stream().map(entry -> json(graph, entry)).toList()));
        result.text(out -> {
            for (GraphEntry point : points) {
                out.println(graph.line(point));
                for (String child : point.children()) {
                    out.println("    -> " + graph.label(graph.entry(child)));
                }
            }
        });
        return 0;
    }

    private static Map<String, Object> json(Graph graph, GraphEntry entry) {
        Map<String, Object> json = new LinkedHashMap<>(graph.json(entry));
        json.put("into", entry.children());
        return json;
    }
}
