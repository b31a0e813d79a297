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
import dev.athanor.source.RevisionDefinition;
import dev.athanor.source.RevisionFolder;
import dev.athanor.source.Revisions;
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
                    + " tables are large. A database of a setting that does not answer is done without.",
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

    LintCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        if (online && offline) {
            throw UsageError.of("--online asks the database and --offline does not: give one of them", "lint");
        }
        Settings settings = root.settings();
        LintReport report = report(settings, request(settings));
        print(settings, report);
        return report.refuses() ? FailureKind.FINDING.exitCode() : 0;
    }

    private LintRequest request(Settings settings) {
        List<RevisionDefinition> named =
                files.isEmpty() ? null : RevisionFolder.readFiles(files).definitions();
        return new LintRequest(
                named,
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

    private void print(Settings settings, LintReport report) {
        LintFormat form = format != null ? format : settings.json() ? LintFormat.JSON : LintFormat.TEXT;
        switch (form) {
            case TEXT -> LintText.print(report, root.terminal().out());
            case GITHUB -> LintGithub.print(report, root.terminal().out());
            case JSON -> json(JsonForm.of(report));
            case SARIF -> json(LintSarif.of(report));
        }
    }

    private void json(Map<String, Object> body) {
        root.terminal().out().println(Json.write(new LinkedHashMap<>(body)));
    }
}
