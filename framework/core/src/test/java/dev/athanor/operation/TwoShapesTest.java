package dev.athanor.operation;

import static dev.athanor.operation.Operations.column;
import static dev.athanor.operation.Replacements.extractTable;
import static dev.athanor.operation.Replacements.mergeColumns;
import static dev.athanor.operation.Replacements.moveColumn;
import static dev.athanor.operation.Replacements.replacePrimaryKey;
import static dev.athanor.operation.Replacements.splitColumn;
import static dev.athanor.operation.Replacements.versionView;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.sql.QualifiedName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Operations during which old and new columns live together: what of them is refused on sight. */
class TwoShapesTest {
    private static final QualifiedName PEOPLE = new QualifiedName(null, "people");

    private static List<String> objections(Operation operation) {
        Objections objections = new Objections();
        operation.validate(objections);
        return objections.all();
    }

    @Test
    void a_split_needs_an_expression_for_each_column_and_a_way_back() {
        LinkedHashMap<String, String> up = new LinkedHashMap<>(Map.of("a", "x", "b", "y"));

        assertThat(objections(splitColumn("people", "name", "text", up, "a || b")))
                .isEmpty();
        assertThat(objections(new SplitColumn(
                        PEOPLE, "name", List.of("name"), List.of(), List.of("x", "y"), null, null, false)))
                .hasSize(4);
        assertThat(splitColumn("people", "name", "text", up, "a || b").irreversible())
                .contains("name", "was=TYPE");
        assertThat(splitColumn("people", "name", "text", up, "a || b")
                        .was("text")
                        .irreversible())
                .isNull();
    }

    @Test
    void a_merge_needs_an_expression_for_each_old_column() {
        LinkedHashMap<String, String> down = new LinkedHashMap<>(Map.of("a", "x", "b", "y"));

        assertThat(objections(mergeColumns("people", down, column("c", "text"), "a || b")))
                .isEmpty();
        assertThat(objections(new MergeColumns(
                        PEOPLE, List.of("a"), "a", "text", "a", List.of(), List.of("text", "text"), false)))
                .hasSize(3);
    }

    @Test
    void a_key_and_what_refers_to_it_are_each_named_once() {
        ReplacePrimaryKey key = replacePrimaryKey("tickets", "id", "bigint");

        assertThat(objections(key.with("support.\"Com(ments\"(\"ticket id\")"))).isEmpty();
        assertThat(key.with("support.\"Com(ments\"(\"ticket id\")").references())
                .containsExactly(new KeyReference(new QualifiedName("support", "Com(ments"), "ticket id"));
        assertThat(objections(key.with("tickets(id)"))).hasSize(1);
        assertThat(objections(key.with("c(a)").with("c(a)"))).hasSize(1);
        assertThatThrownBy(() -> key.with("comments")).hasMessageContaining("'comments'");
    }

    @Test
    void an_extraction_names_each_column_and_an_action_that_a_key_allows() {
        ExtractTable extraction = extractTable("people", List.of("street", "city"), "addresses", "id", "person");

        assertThat(objections(extraction)).isEmpty();
        assertThat(objections(
                        extraction.to("road", "\"Town, old\"").onlyFilled().withoutSync()))
                .isEmpty();
        assertThat(extraction.to("road", "\"Town, old\"").to()).containsExactly("road", "Town, old");
        assertThat(objections(extraction.to("road"))).hasSize(1);
        assertThat(objections(extractTable("people", List.of(), "addresses", "id", "person")))
                .hasSize(1);
        assertThat(objections(extractTable("people", List.of("id", "person"), "people", "id", "person")))
                .hasSize(3);
        assertThatThrownBy(() -> extraction.onDelete("set-null")).hasMessageContaining("'set-null'");
    }

    @Test
    void an_extraction_without_triggers_has_none() {
        ExtractTable extraction = extractTable("people", List.of("street"), "addresses", "id", "person");

        assertThat(extraction.expand()).anyMatch(part -> part.sql().contains("CREATE TRIGGER"));
        assertThat(extraction.withoutSync().expand())
                .noneMatch(part -> part.sql().contains("CREATE" + " FUNCTION"));
        assertThat(extraction.withoutSync().contract())
                .noneMatch(part -> part.sql().contains("TRIGGER"));
        assertThat(extraction.irreversible()).isNull();
    }

    @Test
    void a_move_is_to_another_table_and_a_view_to_another_schema() {
        assertThat(objections(moveColumn("a", "c", "a", "id", "id"))).hasSize(1);
        assertThat(objections(moveColumn("a", "c", "b", "id", "id"))).isEmpty();
        assertThat(objections(versionView("desk.a", "desk", "id"))).hasSize(1);
        assertThat(objections(versionView("desk.a", "desk_v2", "id"))).isEmpty();
    }
}
