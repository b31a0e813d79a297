package dev.athanor.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The settings. */
@Command(name = "config", description = "Look at the settings.", subcommands = ConfigCommand.Show.class)
final class ConfigCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "No command given");
        }
    }

    /** Every setting as it holds. */
    @Command(
            name = "show",
            description = "Show every setting after flags, environment, file and defaults. Passwords are masked.")
    static final class Show implements Callable<Integer> {
        private static final List<String> SECRET =
                List.of("password", "passwd", "passphrase", "pwd", "secret", "token", "credential", "key");
        private static final String MASK = "***";

        private final AthanorCommand root;

        @Option(names = "--origin", description = "Say where each comes from.")
        private boolean origin;

        Show(AthanorCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            Settings settings = root.settings();
            Map<String, Sourced<String>> all = settings.origins();
            Result result = new Result(root.terminal(), settings);
            result.json(json -> json.put(
                    "settings",
                    all.entrySet().stream()
                            .map(entry -> json(entry.getKey(), entry.getValue()))
                            .toList()));
            result.text(out -> {
                Table table = origin ? new Table("SETTING", "VALUE", "ORIGIN") : new Table("SETTING", "VALUE");
                all.forEach((name, setting) -> {
                    String value = shown(name, setting.value());
                    if (origin) {
                        table.row(name, value, setting.origin());
                    } else {
                        table.row(name, value);
                    }
                });
                table.print(out);
            });
            return 0;
        }

        private static Map<String, Object> json(String name, Sourced<String> setting) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", name);
            json.put("value", shown(name, setting.value()));
            json.put("origin", setting.origin());
            return json;
        }

        private static String shown(String name, String value) {
            boolean secret =
                    name.startsWith("set.") && SECRET.stream().anyMatch(name.toLowerCase(Locale.ROOT)::contains);
            return secret ? MASK : ErrorReport.withoutPasswords(value);
        }
    }
}
