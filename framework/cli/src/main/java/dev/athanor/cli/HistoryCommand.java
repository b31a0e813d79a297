package dev.athanor.cli;

import dev.athanor.revision.AppliedState;
import dev.athanor.revision.GraphEntry;
import dev.athanor.run.StatusReport;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists all revisions, newest first. */
@Command(name = "history", description = "List the revisions, newest first. Needs no database.")
final class HistoryCommand implements Callable<Integer> {
    private final AthanorCommand root;

    @Option(names = "--indicate-current", description = "Mark what the database has applied (asks the database).")
    private boolean indicateCurrent;

    HistoryCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Settings settings = root.settings();
        Graph graph = Graph.of(settings);
        AppliedState state = AppliedState.none();
        if (indicateCurrent) {
            StatusReport report =
                    Opened.with(root, settings, opened -> opened.runner().status());
            state = AppliedState.fromTips(report.heads().stream()
                    .filter(id -> graph.graph().contains(id))
                    .toList());
        }
        print(settings, graph, graph.graph().history(state));
        return 0;
    }

    private void print(Settings settings, Graph graph, List<GraphEntry> entries) {
        Result result = new Result(root.terminal(), settings);
        result.json(
                json -> json.put("revisions", entries.stream().map(graph::json).toList()));
        result.text(out -> {
            for (GraphEntry entry : entries) {
                if (settings.voice().verbose()) {
                    graph.paragraph(entry).forEach(out::println);
                    out.println();
                } else {
                    out.println(graph.line(entry));
                }
            }
        });
    }
}
