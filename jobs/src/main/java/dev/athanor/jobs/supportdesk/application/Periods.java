package dev.athanor.jobs.supportdesk.application;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The periods in order of their beginnings. Thread-safe. */
final class Periods {
    private final List<Period> periods = new CopyOnWriteArrayList<>();

    void begin(String name, long nanos) {
        periods.add(new Period(name, nanos));
    }

    /** The period in which something that was due then falls; what was due before all of them falls in the first. */
    Period at(long nanos) {
        for (int i = periods.size() - 1; i > 0; i--) {
            if (periods.get(i).hasBegunAt(nanos)) {
                return periods.get(i);
            }
        }
        return periods.get(0);
    }

    List<PeriodReport> reports() {
        return periods.stream().map(Period::report).toList();
    }
}
