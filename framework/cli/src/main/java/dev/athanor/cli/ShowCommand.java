package dev.athanor.cli;

import dev.athanor.revision.AppliedState;
import dev.athanor.revision.GraphEntry;
import dev.athanor.source.BackfillWork;
import dev.athanor.source.Section;
import dev.athanor.source.WrittenSection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one revision, or those that a target names. */
@Command(name = "show", description = "Show a revision with its sections. Needs no database, but for current.")
final class ShowCommand implements Callable<Integer> {
    private final AthanorCommand root;

    @Parameters(paramLabel = "REVISION", description = "Id, its beginning, a label, head, heads or current.")
    private String target = "";

    @Option(
            names = "--sql",
            description = "Print what it does in each phase, operations written out, as a revision file would have it.")
    private boolean sql;

    ShowCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Settings settings = root.settings();
        Graph graph = Graph.of(settings);
        String wanted = Targets.unprotect(target);
        AppliedState state = wanted.equals("current") ? Graph.rows(root, settings) : AppliedState.none();
        List<GraphEntry> entries = graph.graph().show(state, wanted);
        Result result = new Result(root.terminal(), settings);
        result.json(json -> json.put(
                "revisions", entries.stream().map(entry -> json(graph, entry)).toList()));
        result.text(out -> entries.forEach(entry -> {
            if (sql) {
                out.print(written(graph, entry));
            } else {
                graph.paragraph(entry).forEach(out::println);
            }
        }));
        return 0;
    }

    /** Comments are no part of what is run, so work on rows in the JVM stands there as one. */
    private static String written(Graph graph, GraphEntry entry) {
        StringBuilder text = new StringBuilder("-- athanor:revision " + entry.id() + "\n");
        if (!entry.parents().isEmpty()) {
            text.append("-- athanor:revises ")
                    .append(String.join(", ", entry.parents()))
                    .append('\n');
        }
        for (Section section : graph.definition(entry).sections()) {
            text.append('\n');
            if (isSql(section)) {
                text.append(WrittenSection.of(section));
            } else {
                text.append("-- in the JVM: ")
                        .append(Sections.describe(section))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static Map<String, Object> json(Graph graph, GraphEntry entry) {
        Map<String, Object> json = new LinkedHashMap<>(graph.json(entry));
        json.put("irreversible", graph.definition(entry).irreversible());
        json.put("checksum", graph.definition(entry).checksum());
        json.put(
                "sections",
                graph.definition(entry).sections().stream()
                        .map(section -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("phase", section.phase().key());
                            one.put("origin", section.origin().toString());
                            one.put(
                                    "line",
                                    section.origin().section() == null
                                            ? section.origin().line()
                                            : null);
                            one.put("description", Sections.describe(section));
                            one.put("undo", section instanceof Section.Schema schema && schema.undo());
                            one.put("sql", isSql(section) ? section.sql() : null);
                            return one;
                        })
                        .toList());
        return json;
    }

    /** Of work on rows there is the description alone. */
    private static boolean isSql(Section section) {
        return !(section instanceof Section.Backfill backfill) || backfill.work() instanceof BackfillWork.Statement;
    }
}
