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
            new OperationForm("add-column", "a new column, filled in batches if need be", AddColumn::read),
            new OperationForm("change-type", "a column in another type, filled in batches", ChangeType::read),
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
