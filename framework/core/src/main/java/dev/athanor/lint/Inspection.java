package dev.athanor.lint;

import java.util.List;

/** One run over one revision. */
final class Inspection {
    private final LintSettings settings;

    Inspection(LintSettings settings) {
        this.settings = settings;
    }

    List<Finding> run(List<LintedSection> sections) {
        return sections.isEmpty() || settings.enabled().isEmpty() ? List.of() : List.of();
    }
}
