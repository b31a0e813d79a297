package dev.athanor.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.athanor.migration.PassingFaultException;
import dev.athanor.migration.RowTransform;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.source.BackfillOptions;
import dev.athanor.source.BackfillWork;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Transforms that ask another service, which takes its time. */
@AthanorPostgres
class TransformHttpTest {
    private static final int ROWS = 300;
    private static final long LATENCY_MILLIS = 50;

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;
    private EngineFixture fixture;
    private RowSteps steps;
    private Jdbc jdbc;

    @BeforeEach
    void open(TestDatabase database) throws IOException {
        fixture = new EngineFixture(database.url());
        steps = new RowSteps(fixture);
        jdbc = database.jdbc();
        jdbc.execute("DROP TABLE IF EXISTS t; CREATE TABLE t (id int PRIMARY KEY, answer text);"
                + "INSERT INTO t SELECT i FROM generate_series(1, " + ROWS + ") i");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/slow", this::slow);
        server.createContext("/held", this::held);
        server.start();
    }

    @AfterEach
    void close() {
        gate.countDown();
        server.stop(0);
        threads.shutdownNow();
        fixture.close();
    }

    private void slow(HttpExchange exchange) throws IOException {
        most.accumulateAndGet(open.incrementAndGet(), Math::max);
        CompletableFuture.delayedExecutor(LATENCY_MILLIS, TimeUnit.MILLISECONDS, threads)
                .execute(() -> answer(exchange));
    }

    private void held(HttpExchange exchange) throws IOException {
        most.accumulateAndGet(open.incrementAndGet(), Math::max);
        threads.execute(() -> {
            try {
                gate.await();
                answer(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void answer(HttpExchange exchange) {
        open.decrementAndGet();
        answered.incrementAndGet();
        try (exchange) {
            byte[] body = exchange.getRequestURI().getQuery().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            // the client is gone
        }
    }

    private RowTransform asking(String path) {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return row -> {
            HttpRequest request = HttpRequest.newBuilder(base.resolve(path + "?" + row.text("id")))
                    .build();
            return Mono.fromFuture(() -> client.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                    .map(response -> Map.of("answer", response.body()))
                    .onErrorMap(IOException.class, e -> new PassingFaultException("no answer", e));
        };
    }

    private BackfillStep step(String path, int concurrency) {
        return steps.of(
                "t",
                new BackfillWork.Transform(List.of("id"), List.of("answer"), asking(path), concurrency, "test"),
                BackfillOptions.builder().workers(1).build());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 24})
    void as_many_requests_as_the_bound_are_open_and_no_more(int concurrency) {
        fixture.run(step("/slow", concurrency));
        assertThat(most).hasValue(concurrency);
        assertThat(answered).hasValue(ROWS);
        assertThat(jdbc.number("SELECT count(*) FROM t WHERE answer = id::text"))
                .isEqualTo(ROWS);
    }

    @Test
    void nothing_is_open_on_the_server_while_answers_are_awaited() {
        BackfillStep step = step("/held", 8);
        CompletableFuture<List<BackfillEvent>> done = CompletableFuture.supplyAsync(() -> fixture.run(step));
        Awaitility.await("eight requests are held back")
                .atMost(Duration.ofSeconds(30))
                .until(() -> open.get() == 8);
        // beats and looks of the run come and go; none of our transactions stays
        Awaitility.await("no transaction of ours is open")
                .atMost(Duration.ofSeconds(30))
                .until(() -> jdbc.number("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'athanor'"
                                + " AND datname = current_database() AND xact_start IS NOT NULL")
                        == 0);
        assertThat(jdbc.number("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'athanor'"
                        + " AND datname = current_database() AND state LIKE 'idle in transaction%'"
                        + " AND xact_start < clock_timestamp() - interval '1 second'"))
                .isZero();
        assertThat(open).hasValue(8);
        assertThat(jdbc.number("SELECT count(*) FROM t WHERE answer IS NOT NULL"))
                .isZero();
        gate.countDown();
        assertThat(EngineFixture.changed(done.join())).isEqualTo(ROWS);
        assertThat(most).hasValue(8);
    }
}
