package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The chaos run in short. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ChaosTest {
    private static final int ROWS = 60_000;

    @TempDir
    private Path folder;

    @Test
    void whatever_happens_every_row_is_changed_once() {
        long seed = Long.getLong("athanor.test.seed", System.nanoTime());
        System.out.println("ChaosTest seed: -Dathanor.test.seed=" + seed);
        Chaos.Plan plan = new Chaos.Plan(ROWS, Duration.ofSeconds(20), 4, seed);
        List<Chaos.Entry> entries = new Chaos(plan, System.out::println).run(folder);
        assertThat(entries).isNotEmpty();
    }
}
