package dev.athanor.run;

import dev.athanor.backfill.BackfillForecast;
import dev.athanor.catalog.LockedTable;
import dev.athanor.catalog.TablePicture;
import dev.athanor.ledger.BackfillState;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.plan.StepChecksum;
import dev.athanor.postgres.CatalogReader;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.LockTargets;
import dev.athanor.postgres.TransactionSettings;
import dev.athanor.postgres.Transactions;
import dev.athanor.run.DryRunReport.WalkForecast;
import dev.athanor.source.BackfillWork;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.LockTarget;
import dev.athanor.sql.SqlStateClass;
import dev.athanor.sql.TableLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How backfills would go over their tables. */
final class WalkForecasts {
    /** Looking waits behind whoever holds the table exclusively. */
    private static final TransactionSettings READING =
            new TransactionSettings(Duration.ofSeconds(2), null, Duration.ofSeconds(15));

    private final Transactions transactions;
    private final LockForecasts locks;
    private final BackfillAdvice advice;

    WalkForecasts(Transactions transactions, LockForecasts locks, BackfillAdvice advice) {
        this.transactions = transactions;
        this.locks = locks;
        this.advice = advice;
    }

    /** What was found. */
    record Found(WalkForecast walk, boolean done, String note) {}

    Found of(BackfillStep step, @Nullable BackfillState state) {
        boolean goesOn = state != null && StepChecksum.of(step).equals(state.checksum());
        long walked = goesOn && state != null ? state.rowsWalked() : 0;
        List<String> begunBy = goesOn && state != null ? state.key() : List.of();
        boolean done = goesOn && state != null && state.done();
        List<String> notes = new ArrayList<>();
        if (goesOn && !done && state != null) {
            notes.add(String.format(
                    Locale.ROOT, "goes on: %,d of about %,d rows are walked", walked, state.rowsEstimated()));
        }
        Optional<TablePicture> picture = Optional.empty();
        if (step.work() instanceof BackfillWork.Copy copy) {
            notes.add("its rows are in database '" + copy.from() + "', which a dry run does not look at");
        } else {
            picture = picture(step, notes);
        }
        BackfillForecast forecast = picture.map(table -> BackfillForecast.of(step, table, begunBy))
                .orElseGet(() -> BackfillForecast.of(step));
        if (forecast.refusal() != null) {
            notes.add("would be refused: " + forecast.refusal());
        }
        Long rows = picture.isPresent() ? rows(step, notes) : null;
        Long left = rows == null ? null : Long.valueOf(done ? 0 : Math.max(0, rows - walked));
        WalkForecast walk = new WalkForecast(
                picture.map(TablePicture::name).orElse(step.table()).quoted(),
                forecast.key(),
                left,
                left == null ? null : Long.valueOf(forecast.chunks(left)),
                forecast.chunkSize(),
                forecast.adaptive(),
                forecast.workers(),
                step.options().maxRowsPerSecond(),
                done || picture.isEmpty() ? List.of() : advice.of(step));
        return new Found(walk, done, String.join("; ", notes));
    }

    private Optional<TablePicture> picture(BackfillStep step, List<String> notes) {
        try {
            Optional<TablePicture> picture = CatalogReader.read(transactions, READING, step.table());
            if (picture.isEmpty()) {
                notes.add(locks.maker(step.table())
                        .map(revision -> "table " + step.table() + " is made by revision " + revision
                                + "; its rows and its key are known then")
                        .orElse("there is no table " + step.table() + " now"));
            }
            return picture;
        } catch (DatabaseException e) {
            if (e.category() != SqlStateClass.LOCK_TIMEOUT) {
                throw e;
            }
            notes.add("table " + step.table() + " is locked at this moment and could not be looked at");
            return Optional.empty();
        }
    }

    private @Nullable Long rows(BackfillStep step, List<String> notes) {
        TableLock lock = new TableLock(LockTarget.TREE, step.table(), null, LockMode.ROW_EXCLUSIVE);
        LockedTable table =
                LockTargets.read(transactions, lock).stream().findFirst().orElse(null);
        if (table != null && table.guessed()) {
            notes.add("no statistics that fit, rows are guessed; the upgrade runs ANALYZE first");
        }
        return table == null ? null : table.rows();
    }
}
