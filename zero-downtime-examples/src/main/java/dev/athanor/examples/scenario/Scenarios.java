package dev.athanor.examples.scenario;

import java.util.List;

/** All scenarios. */
public final class Scenarios {
    /** In order of their numbers. */
    public static final List<Scenario> ALL = List.of(
            new Scenario("01", "rename-column", new RenameColumn.Old(), new RenameColumn.New(), false),
            new Scenario("02", "change-type", new ChangeType.Old(), new ChangeType.New(), false),
            new Scenario("03", "split-column", new SplitColumn.Old(), new SplitColumn.New(), false),
            new Scenario("04", "not-null", new NotNull.Old(), new NotNull.New(), false),
            new Scenario("05", "new-foreign-key", new NewForeignKey.Old(), new NewForeignKey.New(), false),
            new Scenario("06", "unique-constraint", new UniqueConstraint.Old(), new UniqueConstraint.New(), false),
            new Scenario("07", "bigint-key", new BigintKey.Old(), new BigintKey.New(), false),
            new Scenario("08", "extract-table", new ExtractTable.Old(), new ExtractTable.New(), false),
            new Scenario("09", "enum-to-lookup", new EnumToLookup.Old(), new EnumToLookup.New(), false),
            new Scenario("10", "drop-column", new DropColumn.Old(), new DropColumn.New(), false),
            new Scenario("11", "hot-index", new HotIndex.Old(), new HotIndex.New(), false),
            new Scenario("12", "naive-way", new RenameColumn.Old(), new RenameColumn.New(), true));

    private Scenarios() {}

    /** By number or name; all of them for {@code all}; none when there is none. */
    public static List<Scenario> find(String wanted) {
        return ALL.stream()
                .filter(scenario -> wanted.equals("all")
                        || wanted.equals(scenario.number())
                        || wanted.equals(scenario.name())
                        || wanted.equals(scenario.title()))
                .toList();
    }
}
