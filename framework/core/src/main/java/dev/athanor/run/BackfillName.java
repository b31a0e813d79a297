package dev.athanor.run;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.Nearest;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the backfill that somebody means: by its number, {@code REVISION/NAME}, its name, or its revision; a revision also by
 * the beginning of its id.
 */
final class BackfillName {
    /** A shorter beginning of an id is taken for a mistake, as it is elsewhere. */
    private static final int SHORTEST = 4;

    private final List<BackfillProgress> all;

    BackfillName(List<BackfillProgress> all) {
        this.all = all;
    }

    /**
     * The one.
     *
     * @throws AthanorException kind USAGE, code {@code unknown_backfill} or {@code ambiguous_backfill}
     */
    BackfillProgress find(String wanted) {
        int slash = wanted.indexOf('/');
        String name = wanted.substring(slash + 1);
        String revision = wanted.substring(0, Math.max(0, slash));
        List<Predicate<BackfillProgress>> ways = slash < 0
                ? List.of(
                        backfill -> wanted.equals(String.valueOf(backfill.id())),
                        backfill -> backfill.name().equals(wanted),
                        backfill -> backfill.revision().equals(wanted),
                        backfill -> isBeginning(wanted, backfill))
                : List.of(
                        backfill -> backfill.revision().equals(revision)
                                && backfill.name().equals(name),
                        backfill -> isBeginning(revision, backfill)
                                && backfill.name().equals(name));
        for (Predicate<BackfillProgress> way : ways) {
            List<BackfillProgress> found = all.stream().filter(way).toList();
            if (found.size() == 1) {
                return found.get(0);
            }
            if (found.size() > 1) {
                throw ambiguous(wanted, found);
            }
        }
        throw unknown(wanted);
    }

    private static boolean isBeginning(String part, BackfillProgress backfill) {
        return part.length() >= SHORTEST && backfill.revision().startsWith(part);
    }

    private static AthanorException ambiguous(String wanted, List<BackfillProgress> found) {
        return new AthanorException(
                FailureKind.USAGE,
                "ambiguous_backfill",
                "'" + wanted + "' may be "
                        + String.join(
                                ", ", found.stream().map(BackfillName::describe).toList()) + ".",
                "Name one of them by its number, or as REVISION/NAME.");
    }

    private static String describe(BackfillProgress backfill) {
        String full = backfill.revision() + "/" + backfill.name();
        return backfill.id() == null ? full : backfill.id() + " (" + full + ")";
    }

    private AthanorException unknown(String wanted) {
        List<String> words = all.stream()
                .flatMap(backfill ->
                        Stream.of(backfill.revision() + "/" + backfill.name(), backfill.name(), backfill.revision()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        String nearest = Nearest.to(wanted, words).stream()
                .findFirst()
                .map(word -> "Did you mean '" + word + "'? ")
                .orElse("");
        return new AthanorException(
                FailureKind.USAGE,
                "unknown_backfill",
                "There is no backfill '" + wanted + "'.",
                nearest + "See: athanor backfill list");
    }
}
