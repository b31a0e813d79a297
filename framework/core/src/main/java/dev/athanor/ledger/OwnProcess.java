package dev.athanor.ledger;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A process that holds or wants the lease.
 *
 * @param host name of its host
 * @param pid its id there
 * @param started when it began, if the system tells; guards against an id that was given out again
 */
public record OwnProcess(String host, long pid, @Nullable Instant started) {
    /** The same process may be told differently by this much: the kernel's boot time moves when the clock is set. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    /** This very process. */
    public static OwnProcess current() {
        ProcessHandle handle = ProcessHandle.current();
        return new OwnProcess(
                HostName.find(), handle.pid(), handle.info().startInstant().orElse(null));
    }

    /** Whether a process of this host is certainly running: the id is alive and began when this one did. */
    boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> beganAsExpected(handle.info().startInstant().orElse(null)))
                .isPresent();
    }

    private boolean beganAsExpected(@Nullable Instant found) {
        return started == null
                || found == null
                || Duration.between(started, found).abs().compareTo(TOLERANCE) <= 0;
    }
}
