package dev.athanor.operation;

import dev.athanor.sql.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code create-enum}: a type with these labels.
 *
 * @param name of the type
 * @param values its labels, in the order in which they sort
 * @param comment on the type; null: none
 */
record CreateEnum(
        QualifiedName name, List<String> values, @Nullable String comment) implements Operation {
    CreateEnum {
        values = List.copyOf(values);
    }

    static CreateEnum read(Arguments arguments) {
        return new CreateEnum(
                arguments.table("name"), Labels.read(arguments, "values"), arguments.textOrNull("comment"));
    }

    @Override
    public String keyword() {
        return "create-enum";
    }

    @Override
    public void validate(Objections objections) {
        Names.checkNew(objections, "name", name.name());
        Labels.validate(objections, values);
    }

    @Override
    public List<Part> expand() {
        String says = comment == null
                ? ""
                : "COMMENT ON TYPE " + Names.quoted(name) + " IS " + Names.literal(comment) + ";\n";
        return List.of(
                Part.schema("CREATE TYPE " + Names.quoted(name) + " AS ENUM (" + Labels.sql(values) + ");\n" + says));
    }

    @Override
    public List<Part> undoExpand() {
        return List.of(Part.schema("DROP TYPE IF EXISTS " + Names.quoted(name) + ";"));
    }
}
