package dev.athanor.source;

import dev.athanor.revision.RevisionNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The directives in front of a file's first section. */
final class Header {
    static final List<String> KEYWORDS =
            List.of("revision", "revises", "depends-on", "labels", "message", "created", "after", "irreversible");

    /** Words that mean a place in the graph, so that no revision may be called so. */
    private static final Set<String> RESERVED = Set.of("base", "head", "heads");

    private final Faults faults;
    private final Map<String, Integer> lines = new HashMap<>();

    private @Nullable String id;
    private List<String> revises = List.of();
    private List<String> dependsOn = List.of();
    private List<String> labels = List.of();
    private String message = "";
    private @Nullable Instant created;
    private boolean afterContract;
    private @Nullable String irreversible;

    Header(Faults faults) {
        this.faults = faults;
    }

    void read(Directive directive) {
        Integer before = lines.putIfAbsent(directive.keyword(), directive.line());
        if (before != null) {
            faults.add(
                    directive.line(),
                    "found '" + directive.keyword() + "' again, expected it once: it stands in line " + before);
            return;
        }
        String argument = directive.argument();
        switch (directive.keyword()) {
            case "revision" -> id = id(argument, directive.line());
            case "revises" -> revises = argument.equals("base") ? List.of() : ids(directive);
            case "depends-on" -> dependsOn = ids(directive);
            case "labels" -> labels = ids(directive);
            case "message" -> message = argument;
            case "created" -> created = time(directive);
            case "irreversible" -> irreversible = reason(directive);
            default -> after(directive);
        }
    }

    private @Nullable String id(String text, int line) {
        if (isId(text)) {
            return text;
        }
        faults.add(
                line,
                text.isEmpty()
                        ? "found no id, expected one of letters, digits, and any of _ . -"
                        : "found '" + text + "', expected an id of letters, digits, and any of _ . -"
                                + (RESERVED.contains(text) ? ", other than base, head and heads" : ""));
        return null;
    }

    /** Whether a text may be an id or a label. */
    static boolean isId(String text) {
        return !text.isEmpty() && text.chars().allMatch(Header::isIdCharacter) && !RESERVED.contains(text);
    }

    private static boolean isIdCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '.' || c == '-';
    }

    private List<String> ids(Directive directive) {
        if (directive.argument().isEmpty()) {
            return List.of();
        }
        Set<String> found = new LinkedHashSet<>();
        for (String part : directive.argument().split(",", -1)) {
            String id = id(part.strip(), directive.line());
            if (id != null && !found.add(id)) {
                faults.add(directive.line(), "found '" + id + "' twice, expected it once");
            }
        }
        return new ArrayList<>(found);
    }

    private @Nullable Instant time(Directive directive) {
        try {
            return Times.parse(directive.argument());
        } catch (DateTimeException e) {
            faults.add(
                    directive.line(),
                    "found '" + directive.argument() + "', expected a time with its zone such as 2025-01-15T13:00:00Z");
            return null;
        }
    }

    private @Nullable String reason(Directive directive) {
        if (directive.argument().isEmpty()) {
            faults.add(
                    directive.line(),
                    "found no reason, expected why it cannot be undone, such as: irreversible it drops data");
            return null;
        }
        return directive.argument();
    }

    private void after(Directive directive) {
        afterContract = directive.argument().equals("contract");
        if (!afterContract) {
            faults.add(directive.line(), "found 'after " + directive.argument() + "', expected 'after contract'");
        }
    }

    /** Whether the file names its revision, rightly or not. */
    boolean namesRevision() {
        return lines.containsKey("revision");
    }

    /** The whole revision; null when it has no valid id. */
    @Nullable
    RevisionDefinition define(SectionList sections) {
        return id == null
                ? null
                : new RevisionDefinition(
                        new RevisionNode(id, revises, dependsOn, labels),
                        message,
                        created,
                        afterContract,
                        irreversible == null ? sections.irreversible() : irreversible,
                        sections.all(),
                        sections.checksum(),
                        faults.origin(lines.getOrDefault("revision", 1)));
    }
}
