package dev.athanor.cli;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.run.LintMode;
import dev.athanor.sql.QualifiedName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What lint does before an upgrade, and what it is told.
 *
 * @param mode whether findings refuse, are told, or not looked for
 * @param smallTables tables of which locks and rewrites do not matter
 */
record Linting(LintMode mode, Set<QualifiedName> smallTables) {
    private static final String MODE = "lint";
    private static final String SMALL = "lint-small-tables";

    /** From environment and file. */
    static Linting of(Layers layers, Origins origins) {
        Sourced<String> mode = layers.text(MODE, null, "ATHANOR_LINT", "error");
        Sourced<List<String>> tables = layers.texts(SMALL, "ATHANOR_LINT_SMALL_TABLES");
        origins.add(MODE, mode).add(SMALL, tables);
        return new Linting(
                mode(mode), tables.value().stream().map(QualifiedName::parse).collect(Collectors.toUnmodifiableSet()));
    }

    private static LintMode mode(Sourced<String> said) {
        return Arrays.stream(LintMode.values())
                .filter(mode -> mode.name().equals(said.value().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new AthanorException(
                        FailureKind.USAGE,
                        "invalid_setting",
                        "The setting lint is '" + said.value() + "' (" + said.origin()
                                + "); it must be off, warn or error.",
                        "Set it right or leave it out; see: athanor lint --help"));
    }
}
