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
     * {@linkplain Statistics#spread Interquartile range} of a reference, as a share of its median, beyond which nothing is said of small differences.
     * At 15 % one reading is typically off by 11 % (quartiles are 1.35 standard deviations apart), and so is the median of three ratios; the ratio
     * that decides most, 1.25, is then little more than two such errors from 1.
     */
    public static final double BOUND = 0.15;

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
            boolean noisy = isNoisy(subject);
            if (noisy) {
                verdict = Verdict.TOO_NOISY;
            } else if (verdict == Verdict.UNKNOWN) {
                verdict = Verdict.QUIET;
            }
            words.add(String.format(
                    Locale.ROOT,
                    "%s, measured %d times: interquartile range %.0f %% of the median (bound %.0f %%)%s",
                    subject.title(),
                    subject.rounds().size(),
                    100 * spread,
                    100 * BOUND,
                    noisy ? ": too noisy to tell ratios closer than that" : ""));
        }
        if (verdict == Verdict.UNKNOWN) {
            words.add("One round only: nothing can be said of the machine's noise, and little of the ratios.");
        }
        return new Noise(verdict, words);
    }

    /** Whether a reference moved by more than the bound. */
    static boolean isNoisy(SubjectResult reference) {
        Double spread = reference.spread();
        return spread != null && spread > BOUND;
    }
}
