package dev.athanor.examples.application;

import java.util.List;

/** Reads all rows when nobody writes any more, and compares each with what was committed. */
public final class Audit {
    private final String url;
    private final KnownRows rows;
    private final Findings findings;

    /** An audit of what the instances have written. */
    public Audit(String url, KnownRows rows, Findings findings) {
        this.url = url;
        this.rows = rows;
        this.findings = findings;
    }

    /** Reads through this version; the rows that were compared. */
    public long run(ApplicationVersion version) {
        ReadCheck check = new ReadCheck(version, findings);
        Connections connections = new Connections(url, Instance.sessionPrefix() + "audit");
        try {
            Long seen = connections
                    .all(version.rows())
                    .doOnNext(row -> compare(check, version, row))
                    .count()
                    .block();
            long count = seen == null ? 0 : seen;
            if (count != rows.expected()) {
                findings.add(
                        Check.WRONG_READ,
                        "%d rows are there at the end, %d were written".formatted(count, rows.expected()));
            }
            return count;
        } finally {
            connections.close().block();
        }
    }

    private void compare(ReadCheck check, ApplicationVersion version, SeenRow seen) {
        KnownRow row = rows.find(seen.id());
        if (row == null) {
            findings.add(Check.WRONG_READ, version.name() + " version: nobody wrote the row " + seen.id());
        } else {
            check.read(row, row.known(), List.of(seen));
        }
    }
}
