package dev.athanor.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.catalog.SchemaDifference.Change;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaDifferenceTest {
    private static final SchemaObject TABLE = new SchemaObject(ObjectKind.TABLE, "public.t", null, "table\nowner a");
    private static final SchemaObject COLUMN =
            new SchemaObject(ObjectKind.COLUMN, "public.t.id", "public.t", "bigint not null");
    private static final SchemaObject SEQUENCE =
            new SchemaObject(ObjectKind.SEQUENCE, "public.t_id_seq", "public.t.id", "sequence of bigint");
    private static final SchemaObject VIEW = new SchemaObject(ObjectKind.VIEW, "public.v", null, "view\n SELECT 1");

    private static SchemaPicture picture(SchemaObject... objects) {
        return new SchemaPicture(17, List.of(objects));
    }

    @Test
    void equalPicturesDoNotDiffer() {
        assertThat(SchemaDifference.between(picture(TABLE, COLUMN, VIEW), picture(VIEW, COLUMN, TABLE)))
                .isEmpty();
    }

    @Test
    void whatComesWithATableStandsInItsText() {
        SchemaDifference added = SchemaDifference.between(picture(VIEW), picture(VIEW, SEQUENCE, COLUMN, TABLE))
                .get(0);
        assertThat(added)
                .isEqualTo(
                        new SchemaDifference(
                                ObjectKind.TABLE,
                                "public.t",
                                Change.ADDED,
                                "",
                                "table\nowner a\nsequence public.t_id_seq: sequence of bigint\ncolumn public.t.id: bigint not null"));
        assertThat(added.line()).isEqualTo("table public.t added: table");
        assertThat(SchemaDifference.between(picture(VIEW, SEQUENCE, COLUMN, TABLE), picture(VIEW)))
                .hasSize(1)
                .first()
                .extracting(SchemaDifference::line)
                .isEqualTo("table public.t removed; it was: table");
    }

    @Test
    void aColumnOfATableThatStaysIsADifferenceOfItsOwn() {
        assertThat(SchemaDifference.between(picture(TABLE), picture(TABLE, COLUMN, SEQUENCE)))
                .extracting(SchemaDifference::line)
                .containsExactly("column public.t.id added: bigint not null");
    }

    @Test
    void onlyTheLinesThatDifferAreTold() {
        SchemaObject mine = new SchemaObject(ObjectKind.TABLE, "public.t", null, "table\nowner b\ncomment 'x'");
        SchemaDifference changed =
                SchemaDifference.between(picture(TABLE), picture(mine)).get(0);
        assertThat(changed.line()).isEqualTo("table public.t changed: owner a -> owner b / comment 'x'");
        assertThat(changed.text()).isEqualTo("table public.t changed\n  - owner a\n  + owner b\n  + comment 'x'");
        assertThat(SchemaDifference.between(picture(mine), picture(TABLE))
                        .get(0)
                        .line())
                .isEqualTo("table public.t changed: owner b / comment 'x' -> owner a");
    }

    @Test
    void linesThatWereMissingAltogether() {
        SchemaObject mine = new SchemaObject(ObjectKind.TABLE, "public.t", null, "table\nowner a\ncomment 'x'");
        assertThat(SchemaDifference.between(picture(TABLE), picture(mine))
                        .get(0)
                        .line())
                .isEqualTo("table public.t changed: (nothing) -> comment 'x'");
    }

    @Test
    void sameNameAndAnotherKindIsAnotherObject() {
        SchemaObject view = new SchemaObject(ObjectKind.VIEW, "public.t", null, "view\n SELECT 1");
        assertThat(SchemaDifference.between(picture(TABLE, COLUMN), picture(view)))
                .extracting(SchemaDifference::line)
                .containsExactly("table public.t removed; it was: table", "view public.t added: view");
    }

    @Test
    void longDefinitionsAreCutOnTheLineOnly() {
        SchemaObject wide = new SchemaObject(ObjectKind.VIEW, "public.v", null, "x".repeat(1000));
        SchemaDifference difference =
                SchemaDifference.between(picture(VIEW), picture(wide)).get(0);
        assertThat(difference.line()).hasSizeLessThan(400).contains("…");
        assertThat(difference.text()).contains("x".repeat(1000));
    }

    @Test
    void textReadsBack() {
        SchemaPicture hostile = picture(
                TABLE,
                COLUMN,
                new SchemaObject(
                        ObjectKind.FUNCTION, "public.\"a\tb\nc\\n\"()", null, "body\r\n\twith \\t and\u2028 \\"));
        assertThat(SchemaPicture.parse(hostile.write())).contains(hostile);
        assertThat(SchemaPicture.parse(new SchemaPicture(18, List.of()).write()))
                .contains(new SchemaPicture(18, List.of()));
    }

    @Test
    void textOfAnotherFormIsNone() {
        assertThat(SchemaPicture.parse("")).isEmpty();
        assertThat(SchemaPicture.parse("athanor-picture 1 server 17\n")).isEmpty();
        assertThat(SchemaPicture.parse("athanor-picture 2 server 17\nsomething\ta\t\tb"))
                .isEmpty();
        assertThat(SchemaPicture.parse("athanor-picture 2 server 17\ntable\ta")).isEmpty();
    }
}
