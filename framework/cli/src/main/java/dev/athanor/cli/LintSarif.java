package dev.athanor.cli;

import dev.athanor.lint.Finding;
import dev.athanor.lint.LintRule;
import dev.athanor.lint.Place;
import dev.athanor.lint.Severity;
import dev.athanor.plan.RevisionFinding;
import dev.athanor.run.LintReport;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings as SARIF 2.1.0: one run of one tool with all its rules; waived findings are suppressed in the source. */
final class LintSarif {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    private LintSarif() {}

    static Map<String, Object> of(LintReport report) {
        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("name", "athanor");
        driver.put("version", Version.number());
        driver.put(
                "rules", Arrays.stream(LintRule.values()).map(LintSarif::rule).toList());
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("tool", Map.of("driver", driver));
        run.put("results", report.findings().stream().map(LintSarif::result).toList());
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("$schema", SCHEMA);
        log.put("version", "2.1.0");
        log.put("runs", List.of(run));
        return log;
    }

    private static Map<String, Object> rule(LintRule rule) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", rule.id());
        json.put("shortDescription", Map.of("text", rule.title()));
        json.put("defaultConfiguration", Map.of("level", level(rule.severity())));
        return json;
    }

    private static Map<String, Object> result(RevisionFinding found) {
        Finding finding = found.finding();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ruleId", finding.rule().id());
        json.put("ruleIndex", finding.rule().ordinal());
        json.put("level", level(finding.severity()));
        json.put("message", Map.of("text", message(finding)));
        json.put("locations", List.of(location(found)));
        if (finding.waiver() != null) {
            Map<String, Object> suppression = new LinkedHashMap<>();
            suppression.put("kind", "inSource");
            suppression.put("justification", finding.waiver().reason());
            json.put("suppressions", List.of(suppression));
        } else {
            json.put("suppressions", new ArrayList<>());
        }
        return json;
    }

    private static String message(Finding finding) {
        return finding.safe().isBlank() ? finding.message() : finding.message() + "\n\n" + finding.safe();
    }

    private static Map<String, Object> location(RevisionFinding found) {
        Place place = found.finding().place();
        if (found.inClass()) {
            Map<String, Object> logical = new LinkedHashMap<>();
            logical.put("fullyQualifiedName", place.file());
            logical.put("kind", "type");
            return Map.of("logicalLocations", List.of(logical));
        }
        Map<String, Object> region = new LinkedHashMap<>();
        region.put("startLine", place.line());
        Map<String, Object> physical = new LinkedHashMap<>();
        physical.put("artifactLocation", Map.of("uri", uri(place.file())));
        physical.put("region", region);
        return Map.of("physicalLocation", physical);
    }

    /** Relative to the folder in which the command runs, as long as the file is given so. */
    private static String uri(String file) {
        Path path = Path.of(file);
        try {
            return path.isAbsolute()
                    ? path.toUri().toString()
                    : new URI(null, null, file.replace('\\', '/'), null).toASCIIString();
        } catch (URISyntaxException e) {
            return path.toUri().toString();
        }
    }

    private static String level(Severity severity) {
        return severity == Severity.INFO ? "note" : severity.key();
    }
}
