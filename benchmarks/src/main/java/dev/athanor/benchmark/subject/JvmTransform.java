package dev.athanor.benchmark.subject;

import static dev.athanor.migration.Rows.transform;

import dev.athanor.migration.Migration;
import dev.athanor.migration.MigrationBuilder;
import dev.athanor.migration.Revision;
import dev.athanor.migration.RowView;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Mono;

/**
 * The column worked out in the JVM, row by row.
 *
 * @param digests SHA-256 sums that each row takes beside it, for a transform that costs something
 */
@Revision(id = "benchmark")
record JvmTransform(int digests) implements Migration {
    @Override
    public void define(MigrationBuilder migration) {
        migration.backfill(transform("tickets")
                .reads("created_at", "resolved_at")
                .writes("resolution_time_seconds")
                .with(row -> Mono.just(Map.of("resolution_time_seconds", seconds(row))))
                .version(Integer.toString(digests))
                .workers(2));
    }

    private int seconds(RowView row) {
        Instant created = Objects.requireNonNull(row.get("created_at", Instant.class));
        Instant resolved = Objects.requireNonNull(row.get("resolved_at", Instant.class));
        if (digests > 0) {
            burn(created.toString());
        }
        return Math.toIntExact(Duration.between(created, resolved).toSeconds());
    }

    private void burn(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] sum = text.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < digests; i++) {
                sum = digest.digest(sum);
            }
            if (sum.length == 0) {
                throw new IllegalStateException("a sum has 32 bytes");
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
