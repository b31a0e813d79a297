package dev.athanor.cli;

import dev.athanor.revision.AppliedState;
import dev.athanor.revision.GraphEntry;
import dev.athanor.run.StatusReport;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The applied heads. */
@Command(name = "current", description = "Show the applied heads, and the revisions between phases.")
final class CurrentCommand implements Callable<Integer> {
    private final AthanorCommand root;

    @Option(names = "--check-heads", description = "Exit with 9 unless the database is at the heads of the files.")
    private boolean checkHeads;

    CurrentCommand(AthanorCommand root) {
        this.root = root;
    }

    /** Revisions and where a database stands among them. */
    private record Standing(Graph graph, StatusReport report) {

        /** The applied revisions that nothing applied revises; what is depended on is a head of its branch, too. */
        List<GraphEntry> branchHeads() {
            List<String> known = report.heads().stream()
                    .filter(id -> graph.graph().contains(id))
                    .toList();
            return graph.graph().current(AppliedState.fromTips(known));
        }

        List<GraphEntry> dependedOn() {
            return branchHeads().stream()
                    .filter(entry -> !report.heads().contains(entry.id()))
                    .toList();
        }
    }

    @Override
    public Integer call() {
        Settings settings = root.settings();
        Standing place = Opened.with(
                root,
                settings,
                opened -> new Standing(
                        Graph.of(opened.revisions()), opened.runner().status()));
        if (checkHeads) {
            place.graph()
                    .graph()
                    .requireAtHeads(AppliedState.fromTips(place.report().heads()));
        }
        Result result = new Result(root.terminal(), settings);
        result.json(json -> {
            json.put("heads", place.report().heads());
            json.put(
                    "revisions",
                    place.branchHeads().stream().map(place.graph()::json).toList());
            json.put("between_phases", between(place.report()));
        });
        result.text(out -> print(settings, place, out));
        return 0;
    }

    private static void print(Settings settings, Standing place, PrintStream out) {
        Graph graph = place.graph();
        for (String head : place.report().heads()) {
            String message = graph.revisions()
                    .find(head)
                    .map(definition -> definition.message().isEmpty() ? "" : ", " + definition.message())
                    .orElse(" (in no file)");
            out.println(head + message);
            if (graph.graph().contains(head)) {
                details(settings, graph, head, out);
            }
        }
        for (GraphEntry entry : place.dependedOn()) {
            out.println(entry.id() + " (depended on by what is applied)");
            details(settings, graph, entry.id(), out);
        }
        if (place.report().heads().isEmpty()) {
            out.println("(nothing applied)");
        }
        place.report()
                .betweenPhases()
                .forEach(revision -> out.println(revision.revision()
                        + (revision.undoing() ? " is being undone, next is its " : " between phases, next is ")
                        + revision.next()));
    }

    private static void details(Settings settings, Graph graph, String id, PrintStream out) {
        if (settings.voice().verbose()) {
            graph.paragraph(graph.entry(id)).forEach(line -> out.println("  " + line));
        }
    }

    private static List<Map<String, Object>> between(StatusReport report) {
        return report.betweenPhases().stream()
                .map(revision -> {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("id", revision.revision());
                    one.put("phase", revision.finished());
                    one.put("next", revision.next());
                    one.put("undoing", revision.undoing());
                    return one;
                })
                .toList();
    }
}
