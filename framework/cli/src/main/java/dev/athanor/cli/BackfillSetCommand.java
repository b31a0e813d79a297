package dev.athanor.cli;

import dev.athanor.ledger.Control.Pace;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sets the pace of a backfill. */
@Command(
        name = "set",
        description = "Set the pace of a backfill over what its directive says, for this run and all that follow.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Recorded, whether or not a process runs it now; or there was nothing to change.",
            "2:Nothing to set, a value that does not fit, no such backfill, or several.",
            "8:It is done or cancelled, was not begun, or the state schema is of an older version."
        })
final class BackfillSetCommand implements Callable<Integer> {
    /** More chunks at once than any server is better off with. */
    private static final int MOST_WORKERS = dev.athanor.backfill.BackfillEngine.MOST_WORKERS_SET;

    private final AthanorCommand root;

    @Option(
            names = "--max-rows-per-second",
            paramLabel = "N|none",
            description = "Hard cap over all workers, 1 or more.")
    private @Nullable String maxRowsPerSecond;

    @Option(names = "--chunk-size", paramLabel = "N|auto", description = "Rows a chunk, 1 or more; auto: adaptive.")
    private @Nullable String chunkSize;

    @Option(
            names = "--target-chunk-time",
            paramLabel = "DURATION",
            description = "How long one chunk's statement should take, such as 250ms.")
    private @Nullable String targetChunkTime;

    @Option(names = "--workers", paramLabel = "N", description = "Chunks at once, 1 to " + MOST_WORKERS + ".")
    private @Nullable String workers;

    @Mixin
    private OrderOptions options = new OrderOptions();

    BackfillSetCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Pace pace = new Pace(
                number("--max-rows-per-second", maxRowsPerSecond, "none", Long.MAX_VALUE),
                whole("--chunk-size", chunkSize, "auto", Integer.MAX_VALUE),
                duration(),
                whole("--workers", workers, "", MOST_WORKERS),
                null);
        if (pace.equals(Pace.UNSET)) {
            throw UsageError.of(
                    "There is nothing to set: give --max-rows-per-second, --chunk-size, --target-chunk-time or --workers",
                    "backfill set");
        }
        return options.give(root, (operations, id, reason) -> operations.set(id, pace, reason));
    }

    private @Nullable Duration duration() {
        if (targetChunkTime == null) {
            return null;
        }
        Duration duration = dev.athanor.source.Durations.parse(targetChunkTime);
        if (duration == null) {
            throw UsageError.of(
                    "--target-chunk-time is '" + targetChunkTime + "'; it must be a duration such as 250ms or 1s",
                    "backfill set");
        }
        return duration;
    }

    private static @Nullable Integer whole(String option, @Nullable String text, String zero, int most) {
        Long number = number(option, text, zero, most);
        return number == null ? null : Math.toIntExact(number);
    }

    private static @Nullable Long number(String option, @Nullable String text, String zero, long most) {
        if (text == null) {
            return null;
        }
        if (!zero.isEmpty() && text.equalsIgnoreCase(zero)) {
            return 0L;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw refused(option, text, zero, most);
        }
        throw refused(option, text, zero, most);
    }

    private static RuntimeException refused(String option, String text, String zero, long most) {
        String bound = most >= Integer.MAX_VALUE ? "1 or more" : "1 to " + most;
        return UsageError.of(
                option + " is '" + text + "'; it must be " + bound + (zero.isEmpty() ? "" : ", or " + zero),
                "backfill set");
    }
}
