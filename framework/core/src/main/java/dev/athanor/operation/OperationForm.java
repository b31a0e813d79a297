package dev.athanor.operation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A kind of operation as directives name it.
 *
 * @param keyword behind {@code -- athanor:operation}
 * @param summary what it does, in a line
 * @param reader makes one from its arguments
 */
public record OperationForm(String keyword, String summary, Function<Arguments, Operation> reader) {
    private static final List<OperationForm> ALL = sorted(
            new OperationForm("add-check", "a condition that every row obeys", AddCheck::read),
            new OperationForm("add-column", "a new column, filled in batches if need be", AddColumn::read),
            new OperationForm("change-type", "a column in another type, filled in batches", ChangeType::read),
            new OperationForm("add-foreign-key", "values that another table has", AddForeignKey::read),
            new OperationForm("add-identity", "a column that numbers its rows by itself", AddIdentity::read),
            new OperationForm("add-primary-key", "a key for a table that has none", AddPrimaryKey::read),
            new OperationForm("add-unique", "no two rows have the same values", AddUnique::read),
            new OperationForm("alter-enum", "one more label of an enum", AlterEnum::read),
            new OperationForm("alter-sequence", "a sequence with other options", AlterSequence::read),
            new OperationForm("bulk-insert", "rows that the application needs", BulkInsert::read),
            new OperationForm("comment", "what people are told of a table, a column and so on", CommentOn::read),
            new OperationForm("create-enum", "a type with these labels", CreateEnum::read),
            new OperationForm("create-function", "a function or procedure", CreateFunction::read),
            new OperationForm("create-sequence", "a new sequence", CreateSequence::read),
            new OperationForm("create-table", "a new table", CreateTable::read),
            new OperationForm("create-trigger", "a trigger", CreateTrigger::read),
            new OperationForm("create-view", "a view", CreateView::read),
            new OperationForm("create-index", "an index, built while the table is written", CreateIndex::read),
            new OperationForm("drop-check", "a condition less", DropCheck::read),
            new OperationForm("drop-column", "a column less, and first what hangs on it", DropColumn::read),
            new OperationForm("drop-identity", "a column that does not number its rows any more", DropIdentity::read),
            new OperationForm("drop-sequence", "a sequence less", DropSequence::read),
            new OperationForm("drop-table", "a table less", DropTable::read),
            new OperationForm("rename-table", "a table under another name, both for a while", RenameTable::read),
            new OperationForm("sql", "statements, and those that take them back", RawSql::read),
            new OperationForm("drop-default", "a column without a default", DropDefault::read),
            new OperationForm("drop-foreign-key", "a foreign key less", DropForeignKey::read),
            new OperationForm("drop-index", "an index less", DropIndex::read),
            new OperationForm("drop-not-null", "a column that may be null", DropNotNull::read),
            new OperationForm("drop-primary-key", "a table without a key", DropPrimaryKey::read),
            new OperationForm("drop-unique", "several rows may have the same values", DropUnique::read),
            new OperationForm("set-default", "what a column gets in new rows", SetDefault::read),
            new OperationForm("set-not-null", "a column that is never null", SetNotNull::read),
            new OperationForm(
                    "extract-table", "columns of a table in one of their own, both for a while", ExtractTable::read),
            new OperationForm("enum-to-text", "a column of an enum as text", EnumToText::read),
            new OperationForm("merge-columns", "several columns as one, both for a while", MergeColumns::read),
            new OperationForm("move-column", "a column of one table in another, both for a while", MoveColumn::read),
            new OperationForm(
                    "replace-primary-key", "a key in another type, with what refers to it", ReplacePrimaryKey::read),
            new OperationForm("split-column", "one column as several, both for a while", SplitColumn::read),
            new OperationForm("text-to-enum", "a column of text as an enum", TextToEnum::read),
            new OperationForm("version-view", "a table as one version of the application knows it", VersionView::read),
            new OperationForm("rename-column", "a column under another name, both for a while", RenameColumn::read));

    private static List<OperationForm> sorted(OperationForm... forms) {
        return List.of(forms).stream()
                .sorted(Comparator.comparing(OperationForm::keyword))
                .toList();
    }

    /** Every kind, by keyword. */
    public static List<OperationForm> all() {
        return ALL;
    }

    /** The kind of this keyword, if there is one. */
    public static Optional<OperationForm> of(String keyword) {
        return ALL.stream().filter(form -> form.keyword.equals(keyword)).findFirst();
    }

    /** Reads an operation; with objections it must not be used. */
    public Operation read(Arguments arguments, Objections objections) {
        Operation operation = reader.apply(arguments);
        arguments.refuseTheRest(keyword);
        if (objections.all().isEmpty()) {
            operation.validate(objections);
        }
        return operation;
    }
}
