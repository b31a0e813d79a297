package dev.athanor.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ThrottleSettingsTest {

    @Test
    void the_defaults() {
        ThrottleSettings settings = ThrottleSettings.parse(Map.of());
        assertThat(settings.isOn(SignalKind.REPLICA_LAG)).isTrue();
        assertThat(settings.limit(SignalKind.REPLICA_LAG)).isEqualTo(5);
        assertThat(settings.grace()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.inWords())
                .containsEntry("replica-lag", "5s")
                .containsEntry("replica-lag-bytes", "1GB")
                .containsEntry("wal-archive", "64 segments")
                .containsEntry("blocked-sessions", "4 sessions")
                .containsEntry("chunk-latency", "10x")
                .containsEntry("oldest-transaction", "1h")
                .containsEntry("wal-rate", "off")
                .containsEntry("active-sessions", "off")
                .containsEntry("user-query", "off")
                .containsEntry("http-probe", "off")
                .containsEntry("flag-file", "off");
    }

    @Test
    void what_is_said() {
        ThrottleSettings settings = ThrottleSettings.parse(Map.ofEntries(
                Map.entry("replica-lag", "1500ms"),
                Map.entry("replica-lag-bytes", "256MB"),
                Map.entry("wal-rate", "50MB/s"),
                Map.entry("autovacuum", "off"),
                Map.entry("oldest-transaction", "10m"),
                Map.entry("chunk-latency", "4x"),
                Map.entry("server-cores", "8"),
                Map.entry("user-query", "SELECT 1"),
                Map.entry("user-query-limit", "2.5"),
                Map.entry("http-probe", "http://localhost:8080/health"),
                Map.entry("flag-file", "/tmp/stop"),
                Map.entry("grace", "1m"),
                Map.entry("smoothing", "1s")));
        assertThat(settings.inWords())
                .containsEntry("replica-lag", "1.5s")
                .containsEntry("replica-lag-bytes", "256MB")
                .containsEntry("wal-rate", "50MB/s")
                .containsEntry("autovacuum", "off")
                .containsEntry("oldest-transaction", "10m")
                .containsEntry("chunk-latency", "4x")
                .containsEntry("active-sessions", "2 per core")
                .containsEntry("server-cores", "8")
                .containsEntry("user-query", "SELECT 1")
                .containsEntry("user-query-limit", "2.5")
                .containsEntry("http-probe", "http://localhost:8080/health")
                .containsEntry("flag-file", "/tmp/stop")
                .containsEntry("grace", "60s")
                .containsEntry("smoothing", "1s");
    }

    @Test
    void all_off_but_what_is_named() {
        ThrottleSettings settings = ThrottleSettings.parse(Map.of("flag-file", "/tmp/stop", "all", "off"));
        assertThat(settings.isOn(SignalKind.FLAG_FILE)).isTrue();
        assertThat(settings.isOn(SignalKind.REPLICA_LAG)).isFalse();
        assertThat(settings.isOn(SignalKind.CHUNK_LATENCY)).isFalse();
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        assertThatThrownBy(() -> ThrottleSettings.parse(Map.of(
                        "replica-lags", "5s",
                        "nonsense", "1",
                        "replica-lag", "soon",
                        "wal-rate", "0MB/s",
                        "autovacuum", "-1",
                        "http-probe", "ftp://nowhere",
                        "server-cores", "many",
                        "user-query", "SELECT 1")))
                .isInstanceOfSatisfying(AthanorException.class, e -> {
                    assertThat(e.kind()).isEqualTo(FailureKind.USAGE);
                    assertThat(e.code()).isEqualTo("invalid_throttle");
                    assertThat(e.getMessage())
                            .contains(
                                    "unknown name 'replica-lags', did you mean 'replica-lag'?",
                                    "unknown name 'nonsense'; known are active-sessions, all, autovacuum",
                                    "replica-lag is 'soon'; it must be 5s, 500ms, 2m or 1h, or off",
                                    "wal-rate is '0MB/s'; it must be 50MB/s, or off",
                                    "autovacuum is '-1'",
                                    "http-probe is 'ftp://nowhere'",
                                    "server-cores is 'many'",
                                    "user-query needs user-query-limit");
                });
        assertThatThrownBy(() -> ThrottleSettings.parse(Map.of("active-sessions", "3", "user-query-limit", "1")))
                .hasMessageContaining("active-sessions needs server-cores")
                .hasMessageContaining("user-query-limit needs user-query");
        assertThatThrownBy(() -> ThrottleSettings.builder().limit(SignalKind.AUTOVACUUM, 0))
                .hasMessageContaining("above zero");
    }
}
