package dev.athanor.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operations object to, and what they do not. */
class OperationObjectionsTest {
    private static List<String> faults(String directive) {
        Faults faults = new Faults("a.sql");
        String text = directive.replace("¶", "\n").replace("LONG", "é".repeat(32));
        RevisionFileReader.read("-- athanor:revision r\n-- athanor:operation " + text, faults);
        return faults.inOrder().stream().map(Fault::toString).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\0', textBlock = """
            add-column table=t column=c type=bigserial ~ found type 'bigserial', expected a plain type
            add-column table=t column=c type="bigint GENERATED ALWAYS AS IDENTITY" ~ make it an identity by add-identity
            add-column table=t column=c type=int not-null=true ~ expected default=… or up=…
            add-column table=t column=c type=int up=a generated=b ~ found 'generated' with 'up' or 'default'
            add-column table=t column=c type=int virtual=true ~ expected generated=… with it
            add-column table=t column=LONG type=int ~ found 64 bytes in 'column=éé
            add-check table=t name=LONG check=true ~ expected at most 63: the server would cut the name
            add-check table=t name=n check="a); DROP TABLE t" ~ expected one whole piece of SQL
            add-check table=t name=n ~ found no 'check'
            add-foreign-key table=t name=n column=a references='o(a' ~ found 'references=o(a', expected a table
            add-foreign-key table=t name=n column=a references="o(a,b)" ~ found 1 columns that refer to 2
            add-foreign-key table=t name=n column=a references=o on-delete=perish ~ expected one of no-action, restrict
            add-foreign-key table=t name=n column=a references=o index=LONG ~ found 64 bytes in 'index=
            add-primary-key table=t name=n columns=a,b nullable=c ~ expected columns of the key, [a, b]
            add-unique table=t name=n columns=a,a ~ expected different names separated by commas
            create-index table=t name=n columns=a on=b ~ found 'columns' and 'on', expected one of them
            create-index table=t name=n ~ found no 'columns'
            create-index table=t name=n columns=a where="a; b" ~ expected one whole piece of SQL
            drop-column table=t column=c not-null=true ~ expected type=…
            drop-check table=t name=n phase=expand ~ found phase=expand of what cannot be undone
            set-not-null table=t column=c up=1 phase=contract ~ it has a backfill, so leave the phase out
            set-default table=t column=c ~ found no 'default'
            set-default table=t column=c default=1 where=2 ~ found option 'where' of 'set-default'
            create-table table=t ~ found nothing behind the directive, expected the columns of the table
            create-table table=t¶a int); DROP TABLE u; -- ~ found no whole piece of SQL behind the directive
            create-table table=t¶a int; b int ~ found no whole piece of SQL behind the directive
            create-table table=LONG¶a int ~ found 64 bytes in 'table=
            rename-table table=s.t to=t ~ found the same name in 'table' and 'to'
            create-enum name=e values="a, b, a" ~ expected different labels
            create-enum name=e values="a;b" ~ expected different labels
            create-enum name=e ~ found no 'values'
            create-enum name=e values='LONG' ~ found 64 bytes in 'label=
            alter-enum name=e add=a ~ found neither of 'before' and 'after'
            alter-enum name=e add=a before=b after=c ~ found both of 'before' and 'after'
            alter-enum name=e add=a,b after=c ~ each is an operation of its own
            comment comment=x ~ found 0 objects, expected one of table
            comment table=t type=e comment=x ~ found 2 objects, expected one of table
            comment table=t ~ found no 'comment'
            comment column=c comment=x ~ found 0 objects
            create-view name=v¶SELECT 1; SELECT 2 ~ found no whole piece of SQL
            create-view name=v replace=true¶SELECT 1 ~ expected SQL that makes it behind a line: -- undo
            create-function¶CREATE FUNCTION f() RETURNS int LANGUAGE sql AS '' ~ found no undo, expected signature=
            create-function signature=f()¶CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS '' ~ found no undo
            create-function signature=f()¶DROP TABLE t ~ expected CREATE FUNCTION or CREATE PROCEDURE
            create-trigger table=t name=n¶DROP TABLE t ~ expected CREATE TRIGGER
            create-trigger table=t name=n¶CREATE OR REPLACE TRIGGER n BEFORE INSERT ON t EXECUTE FUNCTION f() ~ -- undo
            sql¶-- undo¶DROP TABLE t ~ found no SQL behind 'operation sql'
            sql phase=expand¶CREATE EXTENSION x ~ found phase=expand of what cannot be undone
            bulk-insert table=t columns=a,b key=c¶(1, 2) ~ expected some of the columns [a, b]
            bulk-insert table=t columns=a,b key=a¶(1, 2), (3) ~ found a row of 1 values, expected 2
            bulk-insert table=t columns=a key=a¶(1); DROP TABLE t ~ found no rows behind the directive
            bulk-insert table=t columns=a key=a¶SELECT 1 ~ found no rows behind the directive
            bulk-insert table=t columns=a key=a¶(1 ~ found no rows behind the directive
            extract-table table=t columns=a,b into=t key=id to-key=t_id ~ found the same table twice
            extract-table table=t columns=a,b into=u key=id to-key=t_id to=c ~ found 1 names in 'to' for 2 columns
            extract-table table=t columns=a,id into=u key=id to-key=t_id ~ found 'key=id' among 'columns'
            extract-table table=t columns=a into=u key=id to-key=a ~ found 'to-key=a' among the columns
            extract-table table=t columns=a into=u key=id to-key=t_id on-delete=set-null ~ expected one of no-action
            extract-table table=t columns=a into=u key=id to-key=t_id rows=some ~ expected one of all, filled
            extract-table table=t columns=a into=LONG key=id to-key=t_id ~ found 64 bytes in 'into=
            extract-table table=t columns=a into=u key=id to-key=t_id to=LONG ~ found 64 bytes in 'to=
            extract-table table=t columns=a into=u key=id to-key=t_id phase=expand ~ it has a backfill
            extract-table table=t columns=a into=u key=id,n to-key=t_id ~ found several names in 'key'
            """)
    void what_is_wrong_is_told(String directive, String objection) {
        assertThat(faults(directive)).anyMatch(fault -> fault.contains(objection));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\0', textBlock = """
            create-table table=t¶a int, -- why: );¶b text DEFAULT ';)';
            create-enum name=e values="'a;b', c, 'it''s'"
            comment table=t comment=''
            comment function="f(int, text)" comment=x
            add-foreign-key table=t name=n columns=a,"b c" references='s."o o"("A", b)'
            set-not-null table=t column=c phase=contract
            drop-check table=t name=n check="a > 0" phase=contract
            create-index table=t name=n on="lower(a), (b || ')')" where="a <> ';'"
            extract-table table=t columns='a, "b, c"' into=s."U u" key=id to-key=t_id to='b, a' rows=filled sync=none
            bulk-insert table=t columns=a,b key=a¶VALUES (1, 'x; (y'), (f(2, 3), ARRAY[1, 2]), -- last¶(3, DEFAULT);
            """)
    void what_is_right_is_read(String directive) {
        assertThat(faults(directive)).isEmpty();
    }
}
