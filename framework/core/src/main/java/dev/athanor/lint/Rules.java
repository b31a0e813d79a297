package dev.athanor.lint;

import java.util.List;

/** All rules. */
final class Rules {
    private static final Names NAMES = new Names();
    private static final Duplicates DUPLICATES = new Duplicates();

    /** Of sections that change the schema. */
    static final List<Rule> SCHEMA = List.of(
            new IndexBuilds(),
            new IndexShapes(),
            new IndexDrops(),
            new IndexReplacements(),
            new Reindexing(),
            new ForeignKeys(),
            new ForeignKeyIndexes(),
            new ForeignKeyTargets(),
            new ForeignKeyTypes(),
            new Validations(),
            new Checks(),
            new Keys(),
            new NotNulls(),
            new TypeChanges(),
            new Domains(),
            new AddedColumns(),
            new Defaults(),
            new Renames(),
            new ColumnDrops(),
            new TableDrops(),
            new TableRewrites(),
            new Partitions(),
            new Triggers(),
            new Enums(),
            new ColumnTypes(),
            new Timeouts(),
            new TransactionControl(),
            new Guards(),
            new ManyTables(),
            new RowChanges(),
            new OpaqueCode(),
            NAMES,
            DUPLICATES);

    /** Of backfills and verifications, which the engine runs its own way. */
    static final List<Rule> ROWS = List.of(NAMES, DUPLICATES);

    private Rules() {}
}
