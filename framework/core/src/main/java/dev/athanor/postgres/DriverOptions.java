package dev.athanor.postgres;

import com.zaxxer.hikari.HikariConfig;
import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.client.SSLMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** A {@link ConnectionUrl} as each driver wants it, with what every connection of ours needs. */
final class DriverOptions {
    /** What stands in {@code pg_stat_activity}. */
    private static final String APPLICATION_NAME = "athanor";

    private static final Map<String, String> PGJDBC_NAMES = Map.of(
            "sslmode", "sslmode",
            "sslrootcert", "sslrootcert",
            "sslcert", "sslcert",
            "sslkey", "sslkey",
            "sslpassword", "sslpassword",
            "channel_binding", "channelBinding",
            "connect_timeout", "connectTimeout",
            "search_path", "currentSchema");

    private DriverOptions() {}

    /** Fills in address, login and properties of pgjdbc; all but the address goes by properties, never by text. */
    static void jdbc(ConnectionUrl url, HikariConfig config) {
        String database = URLEncoder.encode(url.database(), StandardCharsets.UTF_8);
        config.setJdbcUrl("jdbc:postgresql://" + url.address() + "/" + database);
        config.setUsername(url.user());
        config.setPassword(url.password());
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // Named statements live in a server session, which a transaction pooler gives to somebody else.
        config.addDataSourceProperty("prepareThreshold", "0");
        // From this version on all that the driver wants goes with the startup packet. Otherwise it says SET after the
        // login: on a server session that a pooler gives to somebody else, and that RESET ALL of a section takes back.
        config.addDataSourceProperty("assumeMinServerVersion", "12");
        config.addDataSourceProperty("ApplicationName", url.parameter("application_name", APPLICATION_NAME));
        PGJDBC_NAMES.forEach(
                (name, theirs) -> url.ifPresent(name, value -> config.addDataSourceProperty(theirs, value)));
    }

    static PostgresqlConnectionConfiguration r2dbc(ConnectionUrl url) {
        PostgresqlConnectionConfiguration.Builder builder = PostgresqlConnectionConfiguration.builder()
                .host(url.host())
                .port(url.port())
                .database(url.database())
                .username(url.user())
                .applicationName(url.parameter("application_name", APPLICATION_NAME))
                .tcpKeepAlive(true)
                // Rows with timestamps are read three times faster than as text.
                .forceBinary(true)
                .preparedStatementCacheQueries(0)
                .codecRegistrar((connection, allocator, registry) -> {
                    registry.addFirst(new TextArrayCodec(allocator));
                    return Mono.empty();
                });
        if (url.password() != null) {
            builder.password(url.password());
        }
        apply(url, "sslmode", value -> builder.sslMode(SSLMode.fromValue(value)));
        apply(url, "sslrootcert", builder::sslRootCert);
        apply(url, "sslcert", builder::sslCert);
        apply(url, "sslkey", builder::sslKey);
        apply(url, "sslpassword", builder::sslPassword);
        apply(url, "connect_timeout", value -> builder.connectTimeout(Duration.ofSeconds(Long.parseLong(value))));
        apply(url, "search_path", builder::schema);
        return builder.build();
    }

    private static void apply(ConnectionUrl url, String name, Consumer<String> setter) {
        url.ifPresent(name, value -> {
            try {
                setter.accept(value);
            } catch (IllegalArgumentException e) {
                throw refused(name, e);
            }
        });
    }

    private static AthanorException refused(String name, Exception cause) {
        return new AthanorException(
                FailureKind.USAGE,
                "invalid_url",
                "The connection URL's parameter '" + name + "' is not usable: " + cause.getMessage(),
                "Correct it in --url, or leave it out.",
                cause);
    }
}
