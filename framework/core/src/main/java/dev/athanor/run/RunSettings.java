package dev.athanor.run;

import dev.athanor.backfill.ChunkProbe;
import dev.athanor.ledger.Actor;
import dev.athanor.postgres.Database;
import dev.athanor.schema.BlockerPolicy;
import dev.athanor.throttle.ThrottleSettings;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a {@link MigrationRunner} was built with. */
record RunSettings(
        Map<String, String> placeholders,
        String stateSchema,
        Duration lease,
        boolean takeover,
        Actor actor,
        RunListener listener,
        Clock clock,
        @Nullable Duration patience,
        ChunkProbe probe,
        boolean exitWhenPaused,
        Map<String, Supplier<Database>> sources,
        ObservationRegistry observations,
        ThrottleSettings throttle,
        BlockerPolicy blockers,
        @Nullable Instant deadline,
        LintSetup lint) {}
