package dev.athanor.cli;

import dev.athanor.run.MigrationRunner;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of all commands, with the options that every command takes, before its name or behind it. */
@Command(
        name = "athanor",
        description = "Data migrations for PostgreSQL: revisions, and large backfills that survive anything.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        subcommands = {
            InitCommand.class,
            HistoryCommand.class,
            HeadsCommand.class,
            BranchesCommand.class,
            ShowCommand.class,
            RevisionCommand.class,
            MergeCommand.class,
            PlanCommand.class,
            LintCommand.class,
            UpgradeCommand.class,
            DowngradeCommand.class,
            StampCommand.class,
            ResumeCommand.class,
            StatusCommand.class,
            BackfillCommand.class,
            WatchCommand.class,
            CheckCommand.class,
            CurrentCommand.class,
            DoctorCommand.class,
            AdoptCommand.class,
            ConfigCommand.class,
            DemoCommand.class
        })
final class AthanorCommand implements Runnable {
    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Clock clock;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "Database: postgresql://user@host:port/db, jdbc:postgresql:… or r2dbc:postgresql:…"
                    + " (ATHANOR_URL, DATABASE_URL). The password may come from PGPASSWORD or ~/.pgpass.")
    private @Nullable String url;

    @Option(
            names = "--embedded",
            scope = ScopeType.INHERIT,
            description = "Use a PostgreSQL of our own, run from .athanor/postgres (ATHANOR_EMBEDDED).")
    private @Nullable Boolean embedded;

    @Option(
            names = "--migrations",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Folder of revision files; may be repeated (ATHANOR_MIGRATIONS). Default: migrations.")
    private List<Path> migrations = List.of();

    @Option(
            names = "--classpath",
            paramLabel = "PATH",
            scope = ScopeType.INHERIT,
            description =
                    "Folder or jar of Java revisions, or DIR/* for all jars of a folder; may be repeated or joined"
                            + " as a JVM's class path is (ATHANOR_CLASSPATH). Default: none.")
    private List<String> classPath = List.of();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Settings file (ATHANOR_CONFIG). Default: athanor.yaml, if there is one.")
    private @Nullable Path config;

    @Option(
            names = "--env",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "Named environment of the settings file (ATHANOR_ENV).")
    private @Nullable String env;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            scope = ScopeType.INHERIT,
            description = "Value of the placeholder $${NAME} in revisions, and of the key {{NAME}} in templates; may be"
                    + " repeated.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(
            names = "--output",
            paramLabel = "text|json",
            scope = ScopeType.INHERIT,
            description = "Form of the result (ATHANOR_OUTPUT). Default: text.")
    private @Nullable OutputFormat output;

    @Option(
            names = "--state-schema",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "Schema of Athanor's own tables (ATHANOR_STATE_SCHEMA). Default: athanor.")
    private @Nullable String stateSchema;

    @Option(
            names = "--all",
            scope = ScopeType.INHERIT,
            description = "Run the command on every environment of the settings file; each must name its own database."
                    + " The exit code is the worst: 1, 4, 9, 2, 6, 8, 7, 5, 3, 0 in this order.")
    private boolean all;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            scope = ScopeType.INHERIT,
            description = "With --all: how many at once, 1 to 64. Default: 4.")
    private @Nullable Integer parallel;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Say more, and log to standard error.")
    private boolean verbose;

    @Option(names = "--quiet", scope = ScopeType.INHERIT, description = "No progress.")
    private boolean quiet;

    @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "No colours (NO_COLOR).")
    private boolean noColor;

    @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "Show where an error comes from.")
    private boolean stackTrace;

    private boolean foundJson;
    private @Nullable Interruption interruption;

    AthanorCommand(Terminal terminal, Map<String, String> environment, Clock clock) {
        this.terminal = terminal;
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "No command given");
        }
    }

    /** The settings after flags, environment, file and defaults. */
    Settings settings() {
        Map<String, String> variables = all ? Everywhere.withoutPlaces(environment) : environment;
        Layers beforeFile = new Layers(variables, SettingsFile.NONE);
        Sourced<String> fileName = fileName();
        Sourced<String> name = beforeFile.text("env", env, "ATHANOR_ENV");
        SettingsFile file = SettingsFile.find(fileName).select(name.value());
        Layers layers = new Layers(variables, file);
        Sourced<OutputFormat> format = layers.output(output);
        foundJson = format.value() == OutputFormat.JSON;
        Sourced<Place> place = Place.choose(layers.places(url, embedded));
        Sourced<List<Path>> folders =
                layers.paths("migrations", migrations, "ATHANOR_MIGRATIONS", List.of(Path.of("migrations")));
        Sourced<List<Path>> classes =
                layers.paths("classpath", Layers.split(classPath), "ATHANOR_CLASSPATH", List.of());
        Map<String, Sourced<String>> placeholders = layers.map("set", set);
        Sourced<String> schema = layers.text("state-schema", stateSchema, "ATHANOR_STATE_SCHEMA", "athanor");
        Map<String, Sourced<String>> throttle = ThrottleLayers.of(layers);
        Map<String, Sourced<String>> locks = LockLayers.of(layers);
        Origins origins = new Origins()
                .add("config", file.isEmpty() ? new Sourced<>("", Sourced.DEFAULT) : fileName)
                .add("env", name)
                .add("url", place.value().url(), place.origin())
                .add("embedded", place.value().embedded(), place.origin())
                .add("migrations", folders)
                .add("classpath", classes)
                .add("state-schema", schema)
                .add("output", format)
                .add("set", placeholders)
                .add("throttle", ThrottleLayers.shown(throttle))
                .add("locks", locks);
        return new Settings(
                place.value().url(),
                place.value().embedded(),
                folders.value(),
                classes.value(),
                Origins.values(placeholders),
                format.value(),
                schema.value(),
                Origins.values(throttle),
                Origins.values(locks),
                Writing.of(layers, Origins.values(placeholders), origins),
                Linting.of(layers, origins),
                new Settings.Voice(verbose, quiet, stackTrace),
                origins.all());
    }

    /** The settings file as it stands, no environment selected. */
    SettingsFile settingsFile() {
        return SettingsFile.find(fileName());
    }

    private Sourced<String> fileName() {
        return new Layers(environment, SettingsFile.NONE)
                .text("config", config == null ? null : config.toString(), "ATHANOR_CONFIG", "athanor.yaml");
    }

    /** Whether the command is to run on every environment of the file. */
    boolean wantsAll() {
        return all;
    }

    /** Refuses what goes only with {@code --all}. */
    void requireOne() {
        if (parallel != null) {
            throw UsageError.of("--parallel goes with --all only", "");
        }
    }

    /** How many environments at once; refuses what does not go with {@code --all}. */
    int requireAll() {
        int most = parallel == null ? Everywhere.USUAL_PARALLEL : parallel;
        if (url != null || embedded != null || env != null) {
            throw UsageError.of("--all goes without --url, --embedded and --env: the file names the databases", "");
        }
        if (most < 1 || most > Everywhere.MOST_PARALLEL) {
            throw UsageError.of("--parallel is " + most + "; it must be 1 to " + Everywhere.MOST_PARALLEL, "");
        }
        return most;
    }

    /** Whether the settings, as far as they could be read, ask for JSON. */
    boolean foundJson() {
        return foundJson;
    }

    boolean wantsStackTrace() {
        return stackTrace;
    }

    Terminal terminal() {
        return terminal;
    }

    Map<String, String> environment() {
        return environment;
    }

    Clock clock() {
        return clock;
    }

    /** Stops the run at Ctrl-C, and holds the process until the result or the error is printed. */
    void interruptible(MigrationRunner runner) {
        interruption = Interruption.stops(runner);
    }

    /** Everything is printed. */
    void release() {
        if (interruption != null) {
            interruption.close();
        }
    }
}
