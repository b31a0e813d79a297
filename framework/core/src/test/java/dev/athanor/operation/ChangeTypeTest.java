package dev.athanor.operation;

import static dev.athanor.operation.Operations.changeType;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeTypeTest {
    private static List<String> objections(ChangeType change) {
        Objections objections = new Objections();
        change.validate(objections);
        return objections.all();
    }

    @Test
    void what_is_missing_or_contradicts_itself_is_told() {
        ChangeType change = changeType("tickets", "priority", "bigint");

        assertThat(objections(change)).isEmpty();
        assertThat(objections(change.to("urgency"))).singleElement().asString().contains("expected was=TYPE");
        assertThat(objections(change.to("priority").was("int")))
                .singleElement()
                .asString()
                .contains("the same name");
        assertThat(objections(change.withoutTriggers()))
                .singleElement()
                .asString()
                .contains("expected to=NAME");
    }

    @Test
    void without_the_old_type_it_cannot_be_taken_back() {
        ChangeType change = changeType("tickets", "priority", "bigint");

        assertThat(change.irreversible()).contains("priority", "was=TYPE");
        assertThat(change.undoContract()).isEmpty();
        assertThat(change.was("integer").irreversible()).isNull();
        assertThat(change.was("integer").undoContract()).isNotEmpty();
    }

    @Test
    void a_new_default_needs_the_old_one_where_there_is_a_way_back() {
        ChangeType change = changeType("tickets", "priority", "bigint");
        ChangeType untold = new ChangeType(change.table(), "c", "int", null, null, null, "text", false, "1", null);
        ChangeType alone = new ChangeType(change.table(), "c", "int", null, null, null, null, false, null, "1");

        assertThat(objections(change.defaultValue("2", "NULL").was("integer"))).isEmpty();
        assertThat(objections(untold)).singleElement().asString().contains("expected was-default=");
        assertThat(objections(alone)).singleElement().asString().contains("'was-default' without 'default'");
    }

    @Test
    void pieces_of_sql_cannot_end_their_statement() {
        ChangeType change = changeType("tickets", "priority", "bigint");

        assertThatThrownBy(() -> change.by("1); DROP TABLE tickets", "1")).hasMessageContaining("DROP TABLE");
        assertThatThrownBy(() -> change.was("int -- x")).hasMessageContaining("one whole piece");
    }
}
