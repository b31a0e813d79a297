package dev.athanor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class SchedulerClockTest {
    @Test
    void goesAsVirtualTimeDoes() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        time.advanceTimeBy(Duration.ofDays(1));
        Clock clock = SchedulerClock.of(time, Instant.parse("2026-01-01T21:59:00Z"));
        AtomicReference<Instant> fired = new AtomicReference<>(Instant.EPOCH);
        Mono.delay(Duration.ofMinutes(2), time).subscribe(tick -> fired.set(clock.instant()));
        time.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(clock.instant()).isEqualTo("2026-01-01T22:00:00Z");
        assertThat(LocalTime.now(clock.withZone(ZoneId.of("Europe/Paris")))).isEqualTo(LocalTime.of(23, 0));
        time.advanceTimeBy(Duration.ofMinutes(5));
        assertThat(fired.get()).isEqualTo("2026-01-01T22:01:00Z");
        assertThat(clock.instant()).isEqualTo("2026-01-01T22:05:00Z");
    }
}
