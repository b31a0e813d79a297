package dev.athanor.jobs.supportdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.source.RevisionDefinition;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An old application whose role may use the tables that it knows, owns nothing, and has a search path of its own. */
@AthanorPostgres
class ApplicationRoleTest {
    private static final String AS_APPLICATION = "SET ROLE support_desk_application; SET search_path = pg_catalog;";
    private static final String TICKET =
            "INSERT INTO public.tickets (id, user_id, channel, subject, description, status) VALUES (%d, %d, 'email', 'Down', '', 'open');";

    private final TestDatabase database;
    private final Jdbc jdbc;

    ApplicationRoleTest(TestDatabase database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    @BeforeEach
    void renew() {
        Desks.renewLegacy(database, 600, 3);
        jdbc.execute("CREATE ROLE support_desk_application; GRANT USAGE ON SCHEMA public TO support_desk_application;"
                + "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO support_desk_application;"
                + "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO support_desk_application");
        for (RevisionDefinition revision : RevisionSections.completeSet().definitions()) {
            if (revision.id().compareTo("sd010") < 0) {
                new RevisionSections(revision).run(jdbc, "expand");
            }
        }
    }

    @AfterEach
    void dropRole() {
        jdbc.execute("DROP OWNED BY support_desk_application; DROP ROLE support_desk_application");
    }

    @Test
    void goesOnAsBefore() {
        jdbc.execute(AS_APPLICATION
                + "INSERT INTO public.users (id, name, email) VALUES (100000, 'Zoë', 'zoe@Bücher.example');"
                + "INSERT INTO public.users (id, name, email) VALUES (100001, 'Zoë', 'ZOE@bücher.example');"
                + TICKET.formatted(100_000, 100_001)
                + "UPDATE public.tickets SET satisfaction_score = 4, status = 'closed', subject = 'Up' WHERE id = 100000;"
                + "INSERT INTO public.comments (ticket_id, body) VALUES (100000, '')");
        assertThat(jdbc.rows("SELECT user_id, status_code, sla_due_at IS NOT NULL FROM tickets WHERE id = 100000"))
                .containsExactly(List.of("100000", "CLOSED", "t"));
        assertThat(jdbc.text("SELECT score FROM customer_satisfaction WHERE ticket_id = 100000"))
                .isEqualTo("4");
        jdbc.execute(AS_APPLICATION + "DELETE FROM public.comments WHERE ticket_id = 100000;"
                + "DELETE FROM public.tickets WHERE id = 100000");
        assertThat(jdbc.number("SELECT count(*) FROM customer_satisfaction")).isZero();
    }

    @Test
    void getsNoRightsOutOfTemporaryTables() {
        jdbc.execute(AS_APPLICATION
                + "CREATE TEMPORARY TABLE customer_merges (merged_id bigint PRIMARY KEY, kept_id bigint);"
                + "INSERT INTO public.users (id, name, email) VALUES (100000, '', 'z@x.y'), (100001, '', 'Z@x.y')");
        assertThat(jdbc.texts("SELECT merged_id FROM public.customer_merges")).containsExactly("100001");
        assertThatThrownBy(() -> jdbc.execute(AS_APPLICATION + "SELECT FROM public.customer_merges"))
                .hasMessageContaining("42501");
    }
}
