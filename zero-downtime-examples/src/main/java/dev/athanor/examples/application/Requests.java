package dev.athanor.examples.application;

import io.r2dbc.spi.R2dbcException;
import java.util.SplittableRandom;
import reactor.core.publisher.Mono;

/** What users ask of an instance: reads and writes by key, each checked. */
final class Requests {
    private final ApplicationVersion version;
    private final Connections connections;
    private final KnownRows rows;
    private final Findings findings;
    private final ReadCheck check;
    private final SplittableRandom random;

    /** Whether reads fall back to the old shape where the new one is empty. */
    private volatile boolean filling;

    Requests(
            ApplicationVersion version,
            Connections connections,
            KnownRows rows,
            Findings findings,
            SplittableRandom random) {
        this.version = version;
        this.connections = connections;
        this.rows = rows;
        this.findings = findings;
        this.check = new ReadCheck(version, findings);
        this.random = random;
    }

    void filling(boolean still) {
        filling = still;
    }

    /** The next request; it never fails, for what fails is a finding. Of a hundred: 55 reads, 31 updates, 10 inserts, 4 deletions. */
    Mono<Void> next() {
        int kind;
        KnownRow row;
        KnownRow some;
        synchronized (random) {
            kind = random.nextInt(100);
            some = rows.any(random);
            row = kind >= 55 && kind < 90 ? rows.claimed(random) : null;
        }
        if (kind >= 90) {
            return insert();
        }
        if (row == null) {
            return read(some);
        }
        return (kind < 86 ? update(row) : delete(row)).doFinally(signal -> row.release());
    }

    private Mono<Void> read(KnownRow row) {
        KnownRow.Known before = row.known();
        String query = filling ? version.rowsWhileFilling() : version.rows();
        return noError(
                "read",
                connections
                        .read(Sql.sql(query + " WHERE t.id = $1", row.id()))
                        .doOnNext(seen -> check.read(row, before, seen)));
    }

    private Mono<Void> insert() {
        long edit = rows.nextEdit();
        return noError("insert", connections.number(version.insert(edit)).doOnNext(id -> {
            if (!rows.inserted(id, edit)) {
                findings.add(
                        Check.WRONG_READ, version.name() + " version: the new row has the id " + id + " of another");
            }
        }));
    }

    private Mono<Void> update(KnownRow row) {
        long before = row.known().committed();
        long edit = rows.nextEdit();
        row.updating(edit);
        return noError(
                "update",
                connections.write(version.update(row.id(), before, edit)).doOnNext(count -> {
                    if (changedOne("update", row, before, count)) {
                        row.updated();
                        rows.touched(row.id());
                    }
                }));
    }

    private Mono<Void> delete(KnownRow row) {
        long before = row.known().committed();
        row.deleting();
        return noError(
                "delete", connections.write(version.delete(row.id(), before)).doOnNext(count -> {
                    if (changedOne("delete", row, before, count)) {
                        rows.deleted(row);
                    }
                }));
    }

    private boolean changedOne(String what, KnownRow row, long before, long count) {
        if (count != 1) {
            findings.add(
                    Check.LOST_UPDATE,
                    "%s version: %s of row %d after edit %d met %d rows"
                            .formatted(version.name(), what, row.id(), before, count));
        }
        return count == 1;
    }

    private <T> Mono<Void> noError(String what, Mono<T> request) {
        return request.then().onErrorResume(error -> {
            findings.add(
                    Check.APPLICATION_ERROR,
                    "%s version, %s: %s %s".formatted(version.name(), what, state(error), error.getMessage()));
            return Mono.empty();
        });
    }

    private static String state(Throwable error) {
        String state = error instanceof R2dbcException known ? known.getSqlState() : null;
        return state == null ? error.getClass().getSimpleName() : state;
    }
}
