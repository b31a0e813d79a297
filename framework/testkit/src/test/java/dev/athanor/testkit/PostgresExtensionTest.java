package dev.athanor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@SuppressWarnings("NullAway.Init")
class PostgresExtensionTest {
    static TestDatabase shared;
    TestDatabase field;

    @Test
    void injectsOneDatabasePerClass(TestDatabase parameter) {
        assertThat(field).isSameAs(parameter).isSameAs(shared);
        parameter.jdbc().execute("CREATE TABLE a (n int); INSERT INTO a VALUES (7)");
        assertThat(parameter.jdbc().number("SELECT n FROM a WHERE n > ?", 6)).isEqualTo(7);
        assertThat(parameter.jdbc().text("SELECT current_database()")).isEqualTo(parameter.name());
        assertThat(parameter.url()).startsWith("postgresql://").endsWith("/" + parameter.name());
    }

    @Nested
    class Inner {
        @Test
        void sharesTheDatabaseOfItsOuterClass(TestDatabase parameter) {
            assertThat(parameter).isSameAs(shared);
        }
    }
}
