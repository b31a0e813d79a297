package dev.athanor.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionUrlTest {
    private static final Map<String, String> NOTHING = Map.of("HOME", "/nowhere");

    @ParameterizedTest
    @CsvSource({
        "postgresql://ann:secret@db.example:6543/desk",
        "postgres://ann:secret@db.example:6543/desk",
        "jdbc:postgresql://db.example:6543/desk?user=ann&password=secret",
        "r2dbc:postgresql://ann:secret@db.example:6543/desk",
        "postgresql:///?host=db.example&port=6543&user=ann&password=secret&dbname=desk",
        "' postgresql://ann:secret@db.example:6543/desk '"
    })
    void readsAllForms(String text) {
        ConnectionUrl url = ConnectionUrl.parse(text, NOTHING);
        assertThat(url.password()).isEqualTo("secret");
        assertThat(url).hasToString("postgresql://ann@db.example:6543/desk");
    }

    @Test
    void fillsWhatIsMissing() {
        Map<String, String> environment = Map.of("PGUSER", "ann", "PGPASSWORD", "fromEnvironment", "HOME", "/nowhere");
        ConnectionUrl url = ConnectionUrl.parse("postgresql://", environment);
        assertThat(url).hasToString("postgresql://ann@localhost:5432/ann");
        assertThat(url.password()).isEqualTo("fromEnvironment");
        assertThat(url.parameter("sslmode", "")).isEqualTo("prefer");
        assertThat(ConnectionUrl.parse("jdbc:postgresql:desk", environment))
                .hasToString("postgresql://ann@localhost:5432/desk");
    }

    @Test
    void decodesPercentAndKeepsPlus() {
        ConnectionUrl url = ConnectionUrl.parse("postgresql://a%40b:p%3A%2F%c3%a4+%25@h/d%20b", NOTHING);
        assertThat(url.user()).isEqualTo("a@b");
        assertThat(url.password()).isEqualTo("p:/ä+%");
        assertThat(url.database()).isEqualTo("d b");
    }

    @Test
    void readsIpv6() {
        ConnectionUrl url = ConnectionUrl.parse("postgresql://ann@[::1]:6543/desk", NOTHING);
        assertThat(url.host()).isEqualTo("::1");
        assertThat(url.port()).isEqualTo(6543);
        assertThat(url.address()).isEqualTo("[::1]:6543");
    }

    @ParameterizedTest
    @CsvSource({
        "sslmode=require, sslmode, require",
        "ssl=true, sslmode, verify-full",
        "currentSchema=app, search_path, app",
        "ApplicationName=x, application_name, x",
        "connect_timeout=3, connect_timeout, 3",
        "connectTimeout=PT3S, connect_timeout, 3",
        "reWriteBatchedInserts=true&pgbouncer=true, sslmode, prefer"
    })
    void carriesParameters(String query, String name, String value) {
        ConnectionUrl url = ConnectionUrl.parse("postgresql://ann@h/d?" + query, NOTHING);
        assertThat(url.parameter(name, "missing")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://ann:secret@h/d",
                "secret",
                "postgresql://ann:secret@h1,h2/d",
                "postgresql://ann:secret@h:port/d",
                "postgresql://ann:secret@h:0/d",
                "postgresql://ann:secret@h:70000/d",
                "postgresql://ann:secret@[::1/d",
                "postgresql://ann:secret@[::1]5/d",
                "postgresql://ann:secret%2@h/d",
                "postgresql://ann:secret@%2Ftmp/d",
                "postgresql://ann:secret@h/d?options=-c%20x%3D1",
                "postgresql://ann:secret@h/d?sslmod=require",
                "postgresql://ann:secret@h/d?sslmode",
                "postgresql://ann:secret@h/d?connect_timeout=soon"
            })
    void refusesTheRestWithoutThePassword(String text) {
        assertThatExceptionOfType(AthanorException.class)
                .isThrownBy(() -> ConnectionUrl.parse(text, NOTHING))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.USAGE))
                .satisfies(e -> assertThat(e.code()).isEqualTo("invalid_url"))
                .satisfies(e -> assertThat(e.getMessage() + e.hint()).doesNotContain("secret"));
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://ann@h:5432/desk, first",
        "postgresql://bob@h:5432/desk, with:colon",
        "postgresql://ann@other:1/x, any\\one",
        "postgresql://eve@h:5432/desk, ",
        "postgresql://ann:given@h:5432/desk, given"
    })
    void looksIntoThePasswordFile(String text, String password, @TempDir Path home) throws IOException {
        Path file = home.resolve(".pgpass");
        Files.writeString(file, """
                # comment
                h:5432:desk:ann:first
                h:5432:desk:bob:with\\:colon
                *:*:*:ann:any\\\\one
                """);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Map<String, String> environment = Map.of("HOME", home.toString());
        assertThat(ConnectionUrl.parse(text, environment).password()).isEqualTo(password);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(ConnectionUrl.parse("postgresql://bob@h/desk", environment).password())
                .isNull();
    }
}
