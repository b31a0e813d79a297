package dev.athanor.benchmark.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether the machine was quiet: the same statement over the same rows should take the same time in every round.
 *
 * @param verdict what can be said
 * @param words the same for people, a line for each reference
 */
public record Noise(Verdict verdict, List<String> words) {
    /**
     * Spread of a reference over its rounds beyond which nothing is said of small differences. A quarter: the ratio that decides most, 1.25, cannot
     * be told from 1 when the reference itself moves by as much.
     */
    public static final double BOUND = 0.25;

    /** How far the figures can be believed. */
    public enum Verdict {
        /** Every reference stayed within the bound. */
        QUIET,
        /** One did not. */
        TOO_NOISY,
        /** Nothing was measured twice. */
        UNKNOWN
    }

    /** Keeps the order. */
    public Noise {
        words = List.copyOf(words);
    }

    static Noise of(VolumeResult volume) {
        List<String> words = new ArrayList<>();
        Verdict verdict = Verdict.UNKNOWN;
        for (SubjectResult subject : volume.subjects()) {
            Double spread = subject.spread();
            if (!subject.kind().equals("reference")
                    || spread == null
                    || subject.rounds().size() < 2) {
                continue;
            }
            boolean noisy = spread > BOUND;
            if (noisy) {
                verdict = Verdict.TOO_NOISY;
            } else if (verdict == Verdict.UNKNOWN) {
                verdict = Verdict.QUIET;
            }
            words.add(String.format(
                    Locale.ROOT,
                    "%s moved by %.0f %% over %d rounds (bound %.0f %%)%s",
                    subject.title(),
                    100 * spread,
                    subject.rounds().size(),
                    100 * BOUND,
                    noisy ? ": too noisy to tell ratios closer than that" : ""));
        }
        if (verdict == Verdict.UNKNOWN) {
            words.add("One round only: nothing can be said of the machine's noise, and little of the ratios.");
        }
        return new Noise(verdict, words);
    }
}
