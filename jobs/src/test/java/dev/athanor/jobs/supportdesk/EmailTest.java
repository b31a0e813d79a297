package dev.athanor.jobs.supportdesk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@AthanorPostgres
class EmailTest {
    private static final String NORMAL = "SELECT support_desk_normalise_email(?)";

    private final TestDatabase database;
    private final Jdbc jdbc;
    private final RevisionSections revision = RevisionSections.of("sd005");

    EmailTest(TestDatabase database) {
        this.database = database;
        this.jdbc = database.jdbc();
        Desks.renewLegacy(database, 800, 3);
        revision.onTop(jdbc).run(jdbc, "expand");
    }

    @Test
    void knowsOneFormOfAnAddress() {
        assertNormal("anna@example.com", "anna@example.com");
        assertNormal(" \t\u00a0Anna.B+news@Example.COM.\r\n", "anna.b+news@example.com");
        assertNormal("anna@Bücher.Example", "anna@xn--bcher-kva.example");
        assertNormal("anna@XN--BCHER-KVA.example", "anna@xn--bcher-kva.example");
        assertNormal("anna@bu\u0308cher.example", "anna@xn--bcher-kva.example");
        assertNormal("anna@例え。テスト", "anna@xn--r8jz45g.xn--zckzah");
        assertNormal("anna@例え｡テスト", "anna@xn--r8jz45g.xn--zckzah");
        assertNormal("\u3000anna@example.com\u2003", "anna@example.com");
        assertNormal("anna@ＥＸＡＭＰＬＥ．com", "anna@example.com");
        assertNormal("anna@straße.example", "anna@xn--strae-oqa.example");
        assertNormal("a.n.n.a@gmail.com", "a.n.n.a@gmail.com");
        assertNormal("jürgen@example.com", "jürgen@example.com");
        assertNormal("\"a@b\"@example.com", "\"a@b\"@example.com");
        assertNormal("root@localhost", "root@localhost");
        for (String none :
                List.of("", " ", "unknown", "@example.com", "anna@", "anna@.com", "anna@a..b", "an na@b.c", "a@b c")) {
            assertThat(jdbc.text(NORMAL, none)).as(none).isNull();
        }
        assertThat(jdbc.text(NORMAL, (Object) null)).isNull();
    }

    @Test
    void encodesDomainsAsTheJdkDoes() {
        Random random = new Random(5);
        String[] alphabets = {"abcxyz019-", "äöüéèñçåøæ", "привет", "例え中文字漢", "ελλάδα", "अआइई"};
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            StringBuilder label = new StringBuilder("x");
            for (int n = random.nextInt(16); n >= 0; n--) {
                String alphabet = alphabets[random.nextInt(alphabets.length)];
                label.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            labels.add(label.append(i % 7 == 0 ? "\uD840\uDC0B" : "é").toString());
        }
        jdbc.execute("CREATE TABLE labels (label text, expected text)");
        jdbc.execute(labels.stream()
                .map(label -> "('%s', '%s')".formatted(label, IDN.toASCII(label, IDN.ALLOW_UNASSIGNED)))
                .collect(Collectors.joining(", ", "INSERT INTO labels VALUES ", "")));
        assertThat(jdbc.rows("SELECT label, expected, support_desk_punycode(lower(normalize(label, NFKC))) FROM labels"
                        + " WHERE expected IS DISTINCT FROM support_desk_punycode(lower(normalize(label, NFKC)))"))
                .isEmpty();
    }

    @Test
    void followsWhatIsTypedAndCannotBeWrittenByHand() {
        jdbc.execute("INSERT INTO users (id, name, email) VALUES (100000, 'Zoë', ' Zoe@Example.COM')");
        assertThat(stored()).isEqualTo("zoe@example.com");
        revision.run(jdbc, "backfill");
        jdbc.execute("UPDATE users SET email = 'Z@Bücher.example' WHERE id = 100000");
        assertThat(stored()).isEqualTo("z@xn--bcher-kva.example");
        jdbc.execute("UPDATE users SET email_normalised = 'other@example.com' WHERE id = 100000");
        assertThat(stored()).isEqualTo("z@xn--bcher-kva.example");
        jdbc.execute("UPDATE users SET email = 'n/a' WHERE id = 100000");
        assertThat(stored()).isNull();
        assertThat(revision.verify(jdbc)).containsExactly(0L);
        assertThat(jdbc.number("SELECT count(*) FROM users WHERE email_normalised IS NULL"))
                .isBetween(2L, 20L);
    }

    private @Nullable String stored() {
        return jdbc.text("SELECT email_normalised FROM users WHERE id = 100000");
    }

    private void assertNormal(String typed, String normal) {
        assertThat(jdbc.text(NORMAL, typed)).as(typed).isEqualTo(normal);
        assertThat(jdbc.text(NORMAL, normal)).as("again").isEqualTo(normal);
    }
}
