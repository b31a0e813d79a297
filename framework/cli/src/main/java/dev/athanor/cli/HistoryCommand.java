package dev.athanor.cli;

import dev.athanor.revision.AppliedState;
import dev.athanor.revision.DrawnEntry;
import dev.athanor.revision.GraphDrawing;
import dev.athanor.revision.GraphEntry;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists all revisions, newest first. */
@Command(
        name = "history",
        description = "List the revisions, newest first. Needs no database, but to tell what is current.")
final class HistoryCommand implements Callable<Integer> {
    private final AthanorCommand root;

    @Option(
            names = {"-r", "--range"},
            paramLabel = "FROM:TO",
            description =
                    "Only these, both ends included: FROM:, :TO, -3:, LABEL@base:, current: (asks the database) …")
    private @Nullable String range;

    @Option(names = "--indicate-current", description = "Mark what the database has applied (asks the database).")
    private boolean indicateCurrent;

    @Option(names = "--graph", description = "Draw the branches.")
    private boolean drawn;

    HistoryCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Settings settings = root.settings();
        Graph graph = Graph.of(settings);
        String wanted = range == null ? null : Targets.unprotect(range);
        boolean asks = indicateCurrent
                || wanted != null && Arrays.asList(wanted.strip().split(":")).contains("current");
        AppliedState state = asks ? Graph.rows(root, settings) : AppliedState.none();
        List<GraphEntry> entries =
                wanted == null ? graph.graph().history(state) : graph.graph().history(state, wanted);
        Result result = new Result(root.terminal(), settings);
        result.json(json -> json.put(
                "revisions", entries.stream().map(entry -> json(graph, entry)).toList()));
        result.text(out -> {
            if (drawn) {
                GraphDrawing.of(entries).forEach(entry -> draw(settings, graph, entry, out));
            } else {
                entries.forEach(entry -> list(settings, graph, entry, out));
            }
        });
        return 0;
    }

    private Map<String, Object> json(Graph graph, GraphEntry entry) {
        Map<String, Object> json = new LinkedHashMap<>(graph.json(entry));
        if (indicateCurrent) {
            json.put("current", entry.flags().contains(GraphEntry.Flag.CURRENT));
        }
        return json;
    }

    private static void list(Settings settings, Graph graph, GraphEntry entry, PrintStream out) {
        if (settings.voice().verbose()) {
            graph.paragraph(entry).forEach(out::println);
            out.println();
        } else {
            out.println(graph.line(entry));
        }
    }

    private static void draw(Settings settings, Graph graph, DrawnEntry drawn, PrintStream out) {
        List<String> lines =
                settings.voice().verbose() ? graph.paragraph(drawn.entry()) : List.of(graph.label(drawn.entry()));
        for (int i = 0; i < lines.size(); i++) {
            out.println(((i == 0 ? drawn.node() : drawn.margin()) + "  " + lines.get(i)).stripTrailing());
        }
        drawn.links().forEach(link -> out.println(link.stripTrailing()));
    }
}
