package dev.athanor.benchmark.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * All rounds of one subject.
 *
 * @param kind {@code reference}, {@code case} or {@code peer}
 * @param reference id of what it is compared with; its own id for a reference
 * @param rounds those that went well
 * @param failure why a round failed; null: none did
 */
public record SubjectResult(
        String id,
        String title,
        String kind,
        String scene,
        String reference,
        List<Round> rounds,
        @Nullable String failure) {
    /** Keeps the order of the rounds. */
    public SubjectResult {
        rounds = List.copyOf(rounds);
    }

    /** Whether there is anything to tell. */
    public boolean measured() {
        return !rounds.isEmpty();
    }

    /** Median of the rates; null without a round. */
    @JsonProperty("medianRowsPerSecond")
    public @Nullable Double rate() {
        return median(Round::rowsPerSecond);
    }

    /** {@linkplain Statistics#spread Spread} of the rates, as a share of their median; null without a round. */
    @JsonProperty("spreadOfRowsPerSecond")
    public @Nullable Double spread() {
        return measured() ? Statistics.spread(rates()) : null;
    }

    /** The rates of all rounds. */
    public List<Double> rates() {
        return values(Round::rowsPerSecond);
    }

    /** Median of the ratios of the single rounds; null when none is known. */
    @JsonProperty("medianRatio")
    public @Nullable Double ratio() {
        List<Double> ratios = ratios();
        return ratios.isEmpty() ? null : Statistics.median(ratios);
    }

    /** The ratios of the rounds in which there is one. */
    public List<Double> ratios() {
        return rounds.stream().map(Round::ratio).filter(Objects::nonNull).toList();
    }

    /** Median of something of the rounds; null without a round. */
    public @Nullable Double median(ToDoubleFunction<Round> what) {
        return measured() ? Statistics.median(values(what)) : null;
    }

    /** The highest of something over the rounds; null without a round. */
    public @Nullable Double highest(ToDoubleFunction<Round> what) {
        return measured() ? Statistics.highest(values(what)) : null;
    }

    private List<Double> values(ToDoubleFunction<Round> what) {
        return rounds.stream().map(what::applyAsDouble).toList();
    }
}
