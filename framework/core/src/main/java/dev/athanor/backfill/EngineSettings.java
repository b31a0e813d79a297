package dev.athanor.backfill;

import dev.athanor.postgres.TransactionSettings;
import dev.athanor.source.BackfillOptions;
import dev.athanor.throttle.ThrottleSettings;
import java.time.Duration;

/**
 * What holds for every backfill that does not say otherwise.
 *
 * @param workers reactive pipelines at once; 2 by default: beyond the number of cores of the server nothing was gained
 * @param targetChunkTime what adaptive sizing aims at; 250 ms by default
 * @param lockTimeout longest wait for one row lock; 2 s by default, so that one long application transaction stops one
 *     range and no more
 * @param idleTimeout silence after which the server ends a chunk's transaction; the length of the lease, so that whoever
 *     takes over is not kept waiting by the locks of a paused process
 * @param patience how long one chunk is tried again before its range fails; 10 minutes by default, which outlasts a
 *     failover
 * @param stopGrace how long a running statement may go on after a stop is asked for before it is cancelled; 5 s
 * @param probe hears of every moment of every chunk; nobody by default
 * @param throttle which signals hold chunks back; those that need nothing said, at their default limits
 */
public record EngineSettings(
        int workers,
        Duration targetChunkTime,
        Duration lockTimeout,
        Duration idleTimeout,
        Duration patience,
        Duration stopGrace,
        ChunkProbe probe,
        ThrottleSettings throttle) {

    /** The defaults, for a lease of 15 seconds. */
    public static final EngineSettings DEFAULTS = new EngineSettings(
            2,
            Duration.ofMillis(250),
            Duration.ofSeconds(2),
            Duration.ofSeconds(15),
            Duration.ofMinutes(10),
            Duration.ofSeconds(5),
            ChunkProbe.NONE,
            ThrottleSettings.DEFAULTS);

    /** The same with another number of workers. */
    public EngineSettings withWorkers(int number) {
        return new EngineSettings(
                number, targetChunkTime, lockTimeout, idleTimeout, patience, stopGrace, probe, throttle);
    }

    /** The same with another idle timeout. */
    public EngineSettings withIdleTimeout(Duration timeout) {
        return new EngineSettings(workers, targetChunkTime, lockTimeout, timeout, patience, stopGrace, probe, throttle);
    }

    /** The same with another patience. */
    public EngineSettings withPatience(Duration longest) {
        return new EngineSettings(
                workers, targetChunkTime, lockTimeout, idleTimeout, longest, stopGrace, probe, throttle);
    }

    /** The transaction of a chunk, or of one row of it that is tried again. */
    TransactionSettings transaction(BackfillOptions options) {
        return new TransactionSettings(
                options.lockTimeout() == null ? lockTimeout : options.lockTimeout(),
                options.statementTimeout(),
                idleTimeout,
                options.quiets());
    }

    /** The same with somebody who hears of every moment of every chunk. */
    public EngineSettings withProbe(ChunkProbe listening) {
        return new EngineSettings(
                workers, targetChunkTime, lockTimeout, idleTimeout, patience, stopGrace, listening, throttle);
    }

    /** The same with other signals. */
    public EngineSettings withThrottle(ThrottleSettings signals) {
        return new EngineSettings(
                workers, targetChunkTime, lockTimeout, idleTimeout, patience, stopGrace, probe, signals);
    }
}
