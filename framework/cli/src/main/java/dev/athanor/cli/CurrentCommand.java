package dev.athanor.cli;

import dev.athanor.run.StatusReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The applied heads. */
@Command(name = "current", description = "Show the applied heads, and the revisions between phases.")
final class CurrentCommand implements Callable<Integer> {
    private final AthanorCommand root;

    CurrentCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Settings settings = root.settings();
        StatusReport report =
                Opened.with(root, settings, opened -> opened.runner().status());
        Graph graph = Graph.of(settings);
        Result result = new Result(root.terminal(), settings);
        result.json(json -> {
            json.put("heads", report.heads());
            json.put("between_phases", between(report));
        });
        result.text(out -> {
            for (String head : report.heads()) {
                String message = graph.revisions()
                        .find(head)
                        .map(definition -> definition.message().isEmpty() ? "" : ", " + definition.message())
                        .orElse(" (in no file)");
                out.println(head + message);
                if (settings.voice().verbose() && graph.graph().contains(head)) {
                    graph.graph()
                            .show(dev.athanor.revision.AppliedState.none(), head)
                            .forEach(entry -> graph.paragraph(entry).forEach(line -> out.println("  " + line)));
                }
            }
            if (report.heads().isEmpty()) {
                out.println("(nothing applied)");
            }
            report.betweenPhases()
                    .forEach(revision ->
                            out.println(revision.revision() + " between phases, next is " + revision.next()));
        });
        return 0;
    }

    private static List<Map<String, Object>> between(StatusReport report) {
        return report.betweenPhases().stream()
                .map(revision -> {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("id", revision.revision());
                    one.put("phase", revision.finished());
                    one.put("next", revision.next());
                    return one;
                })
                .toList();
    }
}
