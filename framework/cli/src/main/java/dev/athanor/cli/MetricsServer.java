package dev.athanor.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.run.RunListener;
import dev.athanor.telemetry.AthanorMeters;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * The meters of one command over HTTP, as Prometheus reads them, for as long as the command runs. Nothing loads this class
 * unless a port is asked for.
 */
final class MetricsServer implements AutoCloseable {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    /** Connections that may wait; whoever scrapes comes alone. */
    private static final int BACKLOG = 16;

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpServer server;
    private final String host;

    private MetricsServer(HttpServer server, String host) {
        this.server = server;
        this.host = host;
    }

    /**
     * Listens.
     *
     * @param port 0: any that is free
     * @throws AthanorException kind USAGE, code {@code metrics_port}, when it cannot
     */
    static MetricsServer open(String host, int port) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw refusal("There is no host '" + host + "' to serve metrics on.", "Name an address: --metrics-host");
        }
        try {
            MetricsServer metrics = new MetricsServer(HttpServer.create(address, BACKLOG), host);
            metrics.start();
            return metrics;
        } catch (BindException e) {
            throw refusal(
                    "Metrics cannot be served at '" + host + ":" + port + "': " + e.getMessage() + ".",
                    "Give another port, or any free one: --metrics-port 0");
        } catch (IOException e) {
            throw refusal(
                    "Metrics cannot be served at '" + host + ":" + port + "': " + e.getMessage() + ".",
                    "Leave --metrics-port out, or give another: --metrics-port 0");
        }
    }

    private static AthanorException refusal(String message, String hint) {
        return new AthanorException(FailureKind.USAGE, "metrics_port", message, hint);
    }

    private void start() {
        server.createContext("/metrics", exchange -> answer(exchange, "/metrics", registry::scrape));
        server.createContext("/healthz", exchange -> answer(exchange, "/healthz", () -> "ok\n"));
        server.start();
    }

    private static void answer(HttpExchange exchange, String path, Supplier<String> text) throws IOException {
        try (exchange) {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (!exchange.getRequestURI().getPath().equals(path)) {
                exchange.sendResponseHeaders(NOT_FOUND, -1);
            } else if (!head && !exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(NOT_ALLOWED, -1);
            } else {
                byte[] body = text.get().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", TEXT);
                exchange.sendResponseHeaders(OK, head ? -1 : body.length);
                if (!head) {
                    exchange.getResponseBody().write(body);
                }
            }
        }
    }

    /** What feeds the meters. */
    RunListener listener() {
        return AthanorMeters.listener(registry);
    }

    /** Where the meters are. */
    String address() {
        String shown = host.contains(":") ? "[" + host + "]" : host;
        return "http://" + shown + ":" + server.getAddress().getPort() + "/metrics";
    }

    @Override
    public void close() {
        server.stop(0);
        registry.close();
    }
}
