package dev.athanor.cli;

import dev.athanor.revision.AppliedState;
import dev.athanor.revision.GraphEntry;
import dev.athanor.revision.RevisionGraph;
import dev.athanor.source.RevisionDefinition;
import dev.athanor.source.Revisions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The revisions of the folders as a graph, and how listings show one of them. */
record Graph(Revisions revisions, RevisionGraph graph) {

    static Graph of(Settings settings) {
        return of(settings.revisions());
    }

    static Graph of(Revisions revisions) {
        return new Graph(revisions, revisions.graph());
    }

    /** The rows of the database, revisions that are in no file among them. */
    static AppliedState rows(AthanorCommand root, Settings settings) {
        return AppliedState.fromTips(
                Opened.with(root, settings, opened -> opened.runner().status().heads()));
    }

    /** The revision with this full id, which the graph has. */
    GraphEntry entry(String id) {
        return graph.show(AppliedState.none(), id).get(0);
    }

    RevisionDefinition definition(GraphEntry entry) {
        return revisions.find(entry.id()).orElseThrow();
    }

    /** {@code data001 -> data002 (head) (labels: reporting), message}. */
    String line(GraphEntry entry) {
        StringBuilder line = new StringBuilder();
        line.append(entry.parents().isEmpty() ? "<base>" : String.join(", ", entry.parents()))
                .append(" -> ")
                .append(label(entry));
        return line.toString();
    }

    /** The same without its parents. */
    String label(GraphEntry entry) {
        StringBuilder line = new StringBuilder(entry.id());
        entry.flags().stream()
                .map(GraphEntry.Flag::key)
                .sorted()
                .forEach(flag -> line.append(" (").append(flag).append(')'));
        if (!entry.dependsOn().isEmpty()) {
            line.append(" (depends on ")
                    .append(String.join(", ", entry.dependsOn()))
                    .append(')');
        }
        RevisionDefinition definition = definition(entry);
        if (!definition.node().labels().isEmpty()) {
            line.append(" (labels: ")
                    .append(String.join(", ", definition.node().labels()))
                    .append(')');
        }
        return definition.message().isEmpty() ? line.toString() : line + ", " + definition.message();
    }

    /** Everything about it, in lines. */
    List<String> paragraph(GraphEntry entry) {
        RevisionDefinition definition = definition(entry);
        List<String> lines = new ArrayList<>();
        lines.add("Revision: " + entry.id()
                + entry.flags().stream()
                        .map(GraphEntry.Flag::key)
                        .sorted()
                        .reduce("", (all, flag) -> all + " (" + flag + ")"));
        lines.add("Revises: " + (entry.parents().isEmpty() ? "<base>" : String.join(", ", entry.parents())));
        add(lines, "Depends on: ", entry.dependsOn());
        add(lines, "Revised by: ", entry.children());
        add(lines, "Labels: ", List.copyOf(entry.labels()));
        lines.add((definition.origin().isClass() ? "Class: " : "File: ")
                + definition.origin().file());
        if (definition.created() != null) {
            lines.add("Created: " + definition.created());
        }
        if (definition.irreversible() != null) {
            lines.add("Irreversible: " + definition.irreversible());
        }
        lines.add("Checksum: " + definition.checksum());
        definition.sections().forEach(section -> lines.add("Section: " + Sections.describe(section)));
        if (!definition.message().isEmpty()) {
            lines.add("");
            lines.add("    " + definition.message());
        }
        return lines;
    }

    private static void add(List<String> lines, String title, List<String> values) {
        if (!values.isEmpty()) {
            lines.add(title + String.join(", ", values));
        }
    }

    Map<String, Object> json(GraphEntry entry) {
        RevisionDefinition definition = definition(entry);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", entry.id());
        json.put("revises", entry.parents());
        json.put("depends_on", entry.dependsOn());
        json.put("labels", List.copyOf(entry.labels()));
        json.put("message", definition.message());
        json.put(
                "created",
                definition.created() == null ? null : definition.created().toString());
        json.put("head", entry.flags().contains(GraphEntry.Flag.HEAD));
        json.put(
                "flags",
                entry.flags().stream().map(GraphEntry.Flag::key).sorted().toList());
        boolean isClass = definition.origin().isClass();
        json.put("file", isClass ? null : definition.origin().file());
        json.put("class", isClass ? definition.origin().file() : null);
        return json;
    }
}
