package dev.athanor.run;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.Nearest;
import dev.athanor.ledger.VersionTable.Version;
import dev.athanor.ledger.VersionTool;
import dev.athanor.revision.RevisionGraph;
import dev.athanor.revision.RevisionNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which revisions the versions of another tool stand for, by the rules of {@link Adoption}.
 *
 * @param revisions ids of revisions with their versions; several only where it was said so
 * @param unknown versions without a revision, and the same in words
 */
record VersionMatch(Map<String, List<Version>> revisions, Map<Version, String> unknown) {

    /**
     * Looks for them.
     *
     * @throws AthanorException kind USAGE, code {@code unknown_version}, for a name of a version that is not there; kind GRAPH,
     *     code {@code ambiguous_version}, when two versions find one revision by themselves
     */
    static VersionMatch of(RevisionGraph graph, AdoptionRequest request, List<Version> versions) {
        requireFound(request, versions);
        Map<String, List<Version>> revisions = new LinkedHashMap<>();
        Map<Version, String> unknown = new LinkedHashMap<>();
        for (Version version : versions) {
            String mapped = mapped(request, version);
            String id = mapped == null ? find(graph, version.id(), request.from()) : mapped;
            if (id != null && graph.contains(id)) {
                revisions.computeIfAbsent(id, key -> new ArrayList<>()).add(version);
            } else {
                unknown.put(version, mapped == null ? version.id() : notThere(graph, version.id(), mapped));
            }
        }
        revisions.forEach((id, all) -> requireOne(request, id, all));
        return new VersionMatch(revisions, unknown);
    }

    private static @Nullable String mapped(AdoptionRequest request, Version version) {
        String byId = request.names().get(version.id());
        return byId == null ? request.names().get(version.name()) : byId;
    }

    private static @Nullable String find(RevisionGraph graph, String version, VersionTool tool) {
        String legal = version.replaceAll("[^A-Za-z0-9_.]", "_");
        Stream<String> candidates = tool == VersionTool.FLYWAY
                ? Stream.of(version, legal, "V" + legal, "V" + legal.replace('.', '_'))
                : Stream.of(version, legal);
        return candidates.filter(graph::contains).findFirst().orElse(null);
    }

    private static String notThere(RevisionGraph graph, String version, String mapped) {
        String nearest = Nearest.to(
                        mapped, graph.nodes().stream().map(RevisionNode::id).toList())
                .stream()
                .findFirst()
                .map(id -> "; did you mean " + id + "?")
                .orElse("");
        return version + " (mapped to " + mapped + ", which is no revision" + nearest + ")";
    }

    private static void requireFound(AdoptionRequest request, List<Version> versions) {
        List<String> missing = request.names().keySet().stream()
                .filter(name -> versions.stream()
                        .noneMatch(version ->
                                version.id().equals(name) || version.name().equals(name)))
                .toList();
        if (!missing.isEmpty()) {
            throw new AthanorException(
                    FailureKind.USAGE,
                    "unknown_version",
                    request.from().key() + " has not applied what --map names: " + String.join(", ", missing),
                    "See what it has: " + request.without(missing).command());
        }
    }

    /** Two versions may be one revision, but only if somebody says so. */
    private static void requireOne(AdoptionRequest request, String id, List<Version> versions) {
        boolean bySelf = versions.stream().anyMatch(version -> mapped(request, version) == null);
        if (versions.size() > 1 && bySelf) {
            throw new AthanorException(
                    FailureKind.GRAPH,
                    "ambiguous_version",
                    "Several versions of " + request.from().key() + " would be revision " + id + ": "
                            + versions.stream().map(Version::id).collect(Collectors.joining(", ")),
                    "Say which revisions they are: "
                            + request.command("--map", versions.get(0).id() + "=REVISION"));
        }
    }
}
