package dev.athanor.benchmarks;

/** The reference: one statement, one transaction. */
record OneUpdate(BenchmarkDatabase database) implements Contender {
    @Override
    public String name() {
        return "one UPDATE";
    }

    @Override
    public void fill() {
        database.execute("UPDATE tickets" + TicketTable.ASSIGNMENT + "WHERE " + TicketTable.UNFILLED);
    }
}
