package dev.athanor.source;

import dev.athanor.operation.Argument;
import dev.athanor.operation.Arguments;
import dev.athanor.operation.Objections;
import dev.athanor.operation.Operation;
import dev.athanor.operation.OperationForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code -- athanor:operation KEYWORD name=value …} with the text behind it. */
final class OperationReader {
    static final String KEYWORD = "operation";

    private static final String PHASE = "phase";

    private final Faults faults;

    OperationReader(Faults faults) {
        this.faults = faults;
    }

    /** An operation, where it runs, and how. */
    record Read(Operation operation, Placement placement, OperationPace pace) {}

    /** Null when a fault leaves nothing to run. */
    @Nullable
    Read read(Directive directive, String body) {
        String keyword = directive.firstWord();
        OperationForm form = OperationForm.of(keyword).orElse(null);
        if (form == null) {
            List<String> known =
                    OperationForm.all().stream().map(OperationForm::keyword).toList();
            faults.add(
                    directive.line(),
                    "found operation '" + keyword + "', expected one of " + String.join(", ", known)
                            + Suggestion.of(keyword, known));
            return null;
        }
        Objections objections = new Objections();
        Map<String, List<Argument>> given =
                arguments(directive.withoutFirstWord().argument(), objections);
        Placement placement = placement(given, objections);
        OperationPace pace = OperationPace.taken(given, objections);
        Operation operation = form.read(new Arguments(given, body, objections), objections);
        return checked(directive.line(), new Read(operation, placement, pace), objections);
    }

    /** An operation of a Java revision, looked at as one of a file is. */
    @Nullable
    Read checked(Read read) {
        Objections objections = new Objections();
        read.operation().validate(objections);
        return checked(0, read, objections);
    }

    private @Nullable Read checked(int line, Read read, Objections objections) {
        Operation operation = read.operation();
        if (objections.all().isEmpty()) {
            read.pace().check(operation, objections);
            if (read.placement() != Placement.SPREAD && !operation.backfill().isEmpty()) {
                objections.add("found " + operation.keyword() + " in one phase, expected it in all of them:"
                        + " it has a backfill, so leave the phase out");
            }
        }
        if (objections.all().isEmpty() && read.placement() == Placement.EXPAND && operation.irreversible() != null) {
            objections.add("found phase=expand of what cannot be undone, expected it in contract: "
                    + operation.irreversible());
        }
        objections.all().forEach(objection -> faults.add(line, objection));
        return objections.all().isEmpty() ? read : null;
    }

    private static Placement placement(Map<String, List<Argument>> given, Objections objections) {
        List<Argument> said = given.remove(PHASE);
        if (said == null) {
            return Placement.SPREAD;
        }
        String word = said.get(0).plain();
        if (said.size() > 1 || !Placement.WORDS.contains(word)) {
            objections.add("found 'phase=" + word + "', expected phase=expand or phase=contract, once");
            return Placement.SPREAD;
        }
        return Placement.of(word);
    }

    private static Map<String, List<Argument>> arguments(String text, Objections objections) {
        Map<String, List<Argument>> given = new LinkedHashMap<>();
        OptionScanner scanner = new OptionScanner(text);
        while (scanner.next()) {
            String value = scanner.value();
            if (value == null || value.isEmpty()) {
                objections.add("found '" + scanner.name() + "' without a value, expected " + scanner.name() + "=value");
            } else {
                given.computeIfAbsent(scanner.name(), name -> new ArrayList<>())
                        .add(new Argument(value, OptionScanner.unquoted(value)));
            }
        }
        if (scanner.isUnclosed()) {
            objections.add("found a value in quotes that are never closed, expected the closing quote");
        }
        return given;
    }
}
