package dev.athanor.throttle;

import java.time.Duration;

/** What the signals that come with Athanor have in common. */
abstract class BuiltIn implements Signal {
    private final SignalKind kind;
    private final double limit;

    BuiltIn(SignalKind kind, ThrottleSettings settings) {
        this.kind = kind;
        this.limit = settings.limit(kind);
    }

    @Override
    public final String name() {
        return kind.label();
    }

    @Override
    public final String unit() {
        return kind.unitName();
    }

    @Override
    public final double limit() {
        return limit;
    }

    @Override
    public final Duration interval() {
        return kind.interval();
    }

    @Override
    public String describe(double value) {
        return kind.label() + " " + kind.unit().text(value) + " (limit "
                + kind.unit().text(limit) + ")";
    }
}
