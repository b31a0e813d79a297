package dev.athanor.throttle;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Asks a URL. 2xx is fine, any other answer is the limit; no answer means that it cannot be read. */
final class HttpProbe extends BuiltIn {
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private final HttpClient client;
    private final HttpRequest request;
    private volatile int status;

    HttpProbe(ThrottleSettings settings, URI url) {
        super(SignalKind.HTTP_PROBE, settings);
        this.client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        this.request = HttpRequest.newBuilder(url).timeout(PATIENCE).GET().build();
    }

    @Override
    public Mono<Double> read() {
        return Mono.fromFuture(() -> client.sendAsync(request, HttpResponse.BodyHandlers.discarding()))
                .map(answer -> value(answer.statusCode()));
    }

    private double value(int code) {
        status = code;
        return code / 100 == 2 ? 0 : limit();
    }

    @Override
    public String describe(double value) {
        return name() + " answers " + status;
    }
}
