package dev.athanor.benchmark.result;

import java.util.List;
import java.util.Optional;

/**
 * All that was measured with so many rows.
 *
 * @param tableBytes size of the table's pages before anything is done
 */
public record VolumeResult(long rows, long tableBytes, List<SubjectResult> subjects, List<DrillResult> drills) {
    /** Keeps the order. */
    public VolumeResult {
        subjects = List.copyOf(subjects);
        drills = List.copyOf(drills);
    }

    /** The subject of this id, when it was measured and never failed. */
    public Optional<SubjectResult> subject(String id) {
        return subjects.stream()
                .filter(subject -> subject.id().equals(id) && subject.measured() && subject.failure() == null)
                .findFirst();
    }

    /** All of ours, those that failed included. */
    public List<SubjectResult> cases() {
        return subjects.stream()
                .filter(subject -> subject.kind().equals("case"))
                .toList();
    }

    /** The drill of this id, when it went well. */
    public Optional<DrillResult> drill(String id) {
        return drills.stream()
                .filter(drill -> drill.id().equals(id) && drill.failure() == null)
                .findFirst();
    }

    /** Whether the machine was quiet enough to compare anything. */
    public Noise noise() {
        return Noise.of(this);
    }
}
