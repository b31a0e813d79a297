package dev.athanor.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;

/** Age of the lease and of its last heartbeat, while it is held. */
final class LeaseMeters {
    private static final double NANOS = 1e9;

    private final MeterShelf shelf;
    private final List<Gauge> gauges = new ArrayList<>();
    private volatile long takenAt;
    private volatile long renewedAt;

    LeaseMeters(MeterShelf shelf) {
        this.shelf = shelf;
    }

    synchronized void taken() {
        ended();
        takenAt = shelf.now();
        renewedAt = takenAt;
        gauges.add(shelf.gauge(Meters.LEASE_AGE, Tags.empty(), () -> (shelf.now() - takenAt) / NANOS));
        gauges.add(shelf.gauge(Meters.HEARTBEAT_AGE, Tags.empty(), () -> (shelf.now() - renewedAt) / NANOS));
    }

    void renewed() {
        renewedAt = shelf.now();
    }

    synchronized void ended() {
        gauges.forEach(shelf::remove);
        gauges.clear();
    }
}
