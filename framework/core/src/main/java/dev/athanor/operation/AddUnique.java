package dev.athanor.operation;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code add-unique}: no two rows have the same values. In contract, because old versions may write what is there already.
 *
 * @param key the constraint
 */
record AddUnique(KeyConstraint key) implements Operation {
    static AddUnique read(Arguments arguments) {
        return new AddUnique(KeyConstraint.unique(arguments));
    }

    @Override
    public String keyword() {
        return "add-unique";
    }

    @Override
    public void validate(Objections objections) {
        Names.checkNew(objections, "name", key.name());
    }

    @Override
    public List<Part> contract() {
        List<Part> parts = new ArrayList<>();
        parts.add(key.guard());
        parts.add(key.free());
        parts.addAll(key.add());
        return parts;
    }

    @Override
    public List<Part> undoContract() {
        return key.drop();
    }
}
