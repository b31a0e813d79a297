package dev.athanor.cli;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.Nearest;
import dev.athanor.lint.LintRule;
import dev.athanor.lint.PgVersion;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.run.JsonForm;
import dev.athanor.run.LintReport;
import dev.athanor.run.LintRequest;
import dev.athanor.run.TraceReport;
import dev.athanor.source.RevisionDefinition;
import dev.athanor.source.RevisionFolder;
import dev.athanor.source.Revisions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what revisions would do to a database that is in use. */
@Command(
        name = "lint",
        description = {
            "Say what revisions would do to a database that is in use: locks that block, rewrites, changes that break"
                    + " running applications.",
            "Without FILEs: all revisions; with a database (--url), those that are pending or between phases there."
                    + " Without a database each table is taken for a large one; with one, findings weigh as much as its"
                    + " tables are large, and nothing where pending revisions only make the table. A database of a setting that does not answer is done without.",
            "A finding is excused in the line before its statement: -- athanor:allow RULE reason"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:No errors, or all of them are excused.", "7:Errors that nothing excuses."})
final class LintCommand implements Callable<Integer> {
    private final AthanorCommand root;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Revision files, or folders of them; they need not be in the folders of the settings.")
    private List<Path> files = List.of();

    @Option(
            names = "--pg-version",
            paramLabel = "N",
            description = "Server version to lint for, such as 15 or 15.4. Default: the connected server's, else the"
                    + " newest that Athanor knows.")
    private @Nullable String version;

    @Option(
            names = "--enable",
            paramLabel = "RULE",
            description = "Also run a rule that is off by itself: NM2 (table names without a schema); may be repeated.")
    private List<String> enabled = List.of();

    @Option(
            names = "--format",
            paramLabel = "text|json|github|sarif",
            description = "Form of the findings. Default: as --output; sarif is SARIF 2.1.0.")
    private @Nullable LintFormat format;

    @Option(names = "--offline", description = "Ask no database, also when one is given.")
    private boolean offline;

    @Option(names = "--online", description = "Ask the database; fail when it does not answer.")
    private boolean online;

    @Option(
            names = "--trace",
            description =
                    "Also run the revisions on a scratch PostgreSQL that is gone afterwards, and say which locks and"
                            + " rewrites each statement really causes, and where that is not what was predicted. With"
                            + " --pg-version on a server of that version, if its binaries were fetched.")
    private boolean trace;

    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description = "With --trace: SQL that makes what the oldest revision expects, such as a dump of a schema.")
    private @Nullable Path schema;

    LintCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        if (online && offline) {
            throw UsageError.of("--online asks the database and --offline does not: give one of them", "lint");
        }
        Settings settings = root.settings();
        LintFormat form = form(settings);
        LintReport report = report(settings, request(settings));
        List<TraceReport> traces = trace ? traces(settings, report) : List.of();
        print(form, report, traces);
        boolean found = report.refuses() || traces.stream().anyMatch(TraceReport::isFinding);
        return found ? FailureKind.FINDING.exitCode() : 0;
    }

    private LintFormat form(Settings settings) {
        LintFormat form = format != null ? format : settings.json() ? LintFormat.JSON : LintFormat.TEXT;
        if (trace && form != LintFormat.TEXT && form != LintFormat.JSON) {
            throw UsageError.of("--trace prints text or json", "lint");
        }
        if (schema != null && !trace) {
            throw UsageError.of("--schema goes with --trace only", "lint");
        }
        return form;
    }

    /** In the order of the graph, each once. */
    private List<TraceReport> traces(Settings settings, LintReport report) {
        Revisions all = settings.revisions();
        for (RevisionDefinition named : named()) {
            if (all.find(named.id()).isEmpty()) {
                all = all.plus(new Revisions(List.of(named)));
            }
        }
        List<String> ids = all.graph().sorted().stream()
                .filter(report.revisions()::contains)
                .toList();
        PgVersion server = version == null ? null : PgVersion.parse(version);
        return new LintTrace(settings, schema, server).of(ids, all);
    }

    private List<RevisionDefinition> named() {
        return files.isEmpty() ? List.of() : RevisionFolder.readFiles(files).definitions();
    }

    private LintRequest request(Settings settings) {
        return new LintRequest(
                files.isEmpty() ? null : named(),
                version == null ? null : PgVersion.parse(version),
                rules(),
                settings.linting().smallTables());
    }

    private Set<LintRule> rules() {
        Set<LintRule> rules = EnumSet.noneOf(LintRule.class);
        for (String id : enabled) {
            rules.add(LintRule.of(id).orElseThrow(() -> unknown(id)));
        }
        return rules;
    }

    private static AthanorException unknown(String id) {
        List<String> known = Arrays.stream(LintRule.values()).map(LintRule::id).toList();
        return UsageError.of(
                "There is no rule '" + id + "'"
                        + Nearest.to(id, known).stream()
                                .findFirst()
                                .map(nearest -> "; did you mean " + nearest + "?")
                                .orElse(""),
                "lint");
    }

    private LintReport report(Settings settings, LintRequest request) {
        if (!online && (offline || settings.url() == null)) {
            return offline(settings, request);
        }
        try {
            return Opened.with(root, settings, opened -> opened.runner().lint(request));
        } catch (DatabaseException e) {
            if (online) {
                throw e;
            }
            root.terminal()
                    .err()
                    .println("lint: without the database: " + ErrorReport.withoutPasswords(e.getMessage()));
            return offline(settings, request);
        }
    }

    private static LintReport offline(Settings settings, LintRequest request) {
        return request.offline(request.revisions() == null ? sorted(settings) : List.of(), settings.placeholders());
    }

    private static List<RevisionDefinition> sorted(Settings settings) {
        Revisions revisions = settings.revisions();
        return revisions.graph().sorted().stream()
                .map(id -> revisions.find(id).orElseThrow())
                .toList();
    }

    private void print(LintFormat form, LintReport report, List<TraceReport> traces) {
        PrintStream out = root.terminal().out();
        switch (form) {
            case TEXT -> {
                TraceText.print(traces, out);
                LintText.print(report, out);
            }
            case GITHUB -> LintGithub.print(report, out);
            case JSON -> out.println(Json.write(json(report, traces)));
            case SARIF -> out.println(Json.write(LintSarif.of(report)));
        }
    }

    private Map<String, Object> json(LintReport report, List<TraceReport> traces) {
        Map<String, Object> json = new LinkedHashMap<>(JsonForm.of(report));
        if (trace) {
            json.put("success", !report.refuses() && traces.stream().noneMatch(TraceReport::isFinding));
            json.put("trace", traces.stream().map(JsonForm::of).toList());
        }
        return json;
    }
}
