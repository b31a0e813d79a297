package dev.athanor.cli;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.run.RunListener;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and where a command serves its meters while it runs. */
final class MetricsOptions {
    private static final String VARIABLE = "ATHANOR_METRICS_PORT";
    /** Nobody else sees them unless told so. */
    private static final String LOOPBACK = "127.0.0.1";

    private static final int MOST = 65_535;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description = "Serve metrics for Prometheus at /metrics while the command runs; 0: any free port"
                    + " (ATHANOR_METRICS_PORT).")
    private @Nullable String port;

    @Option(
            names = "--metrics-host",
            paramLabel = "ADDRESS",
            description = "Address that serves them. Default: 127.0.0.1, this machine only.")
    private String host = LOOPBACK;

    /** Works with a listener for the meters; with one that hears nothing when no port is asked for. */
    <T> T with(AthanorCommand root, Function<RunListener, T> work) {
        Integer number = number(root);
        return number == null ? work.apply(RunListener.NONE) : served(root, number, work);
    }

    private <T> T served(AthanorCommand root, int number, Function<RunListener, T> work) {
        try (MetricsServer server = MetricsServer.open(host, number)) {
            root.terminal().err().println("metrics at " + server.address());
            return work.apply(server.listener());
        }
    }

    private @Nullable Integer number(AthanorCommand root) {
        String text = port == null ? root.environment().get(VARIABLE) : port;
        if (text == null || text.isBlank()) {
            return null;
        }
        String from = port == null ? VARIABLE : "--metrics-port";
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > MOST) {
            throw new AthanorException(
                    FailureKind.USAGE,
                    "usage",
                    from + " is '" + text + "'; it must be a port, 0 to " + MOST + ".",
                    "See: athanor upgrade --help");
        }
        return Integer.valueOf(text);
    }
}
