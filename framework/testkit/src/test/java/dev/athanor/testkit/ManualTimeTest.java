package dev.athanor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ManualTimeTest {
    private final MutableClock clock = MutableClock.at("2026-01-01T00:00:00Z");

    @Test
    void clockMovesOnlyWhenTold() {
        Clock elsewhere = clock.withZone(ZoneId.of("Europe/Berlin"));
        clock.advance(Duration.ofSeconds(5));
        assertThat(elsewhere.instant()).isEqualTo(Instant.parse("2026-01-01T00:00:05Z"));
        clock.set(Instant.EPOCH);
        assertThat(clock.millis()).isZero();
    }

    @Test
    void pauseMovesTheClockAndRemembers() {
        StringBuilder seen = new StringBuilder();
        ManualPause pause = new ManualPause(clock).during(() -> seen.append(clock.instant()));
        pause.await(Duration.ofMinutes(1));
        assertThat(seen).hasToString("2026-01-01T00:01:00Z");
        assertThat(pause.awaited()).containsExactly(Duration.ofMinutes(1));
    }
}
