package dev.athanor.postgres;

import dev.athanor.AthanorException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The address of a database, and who asks. Nothing that it prints holds the password.
 *
 * <p>What the URL does not say comes from the variables that libpq knows ({@code PGHOST}, {@code PGPORT}, {@code PGUSER},
 * {@code PGDATABASE}, {@code PGPASSWORD}, {@code PGPASSFILE}, {@code PGSSLMODE}), then from libpq's defaults:
 * {@code localhost}, 5432, the operating system's user, a database named like the user, {@code ~/.pgpass}.
 */
public final class ConnectionUrl {
    /** libpq's: encrypted when the server can. */
    private static final String DEFAULT_SSL_MODE = "prefer";

    private final String host;
    private final int port;
    private final String user;
    private final String database;
    private final @Nullable String password;
    private final Map<String, String> parameters;

    private ConnectionUrl(UrlParts parts, Map<String, String> environment) {
        this.host = parts.host(environment);
        this.port = parts.port(environment);
        this.user = parts.user(environment);
        this.database = parts.database(environment, user);
        this.parameters = new TreeMap<>(parts.parameters());
        this.parameters.putIfAbsent("sslmode", environment.getOrDefault("PGSSLMODE", DEFAULT_SSL_MODE));
        String given = parts.password() == null ? environment.get("PGPASSWORD") : parts.password();
        this.password = given == null ? PasswordFile.of(environment).find(this) : given;
    }

    /**
     * Reads {@code postgresql://user:password@host:port/database?parameter=value}, the same with {@code postgres},
     * {@code jdbc:postgresql} or {@code r2dbc:postgresql} in front.
     *
     * <p>Parameters: {@code sslmode}, {@code sslrootcert}, {@code sslcert}, {@code sslkey}, {@code sslpassword},
     * {@code connect_timeout} (seconds), {@code application_name}, {@code currentSchema}, and {@code user},
     * {@code password}, {@code host}, {@code port}, {@code dbname}; tuning that only one driver knows is ignored.
     *
     * @param environment variables of the process
     * @throws AthanorException kind USAGE, code {@code invalid_url}, when it is something else; the message does not
     *     repeat the text
     */
    public static ConnectionUrl parse(String text, Map<String, String> environment) {
        return new ConnectionUrl(UrlParts.parse(text), environment);
    }

    /** Host name or address; an IPv6 address without brackets. */
    public String host() {
        return host;
    }

    /** Port. */
    public int port() {
        return port;
    }

    /** Role that logs in. */
    public String user() {
        return user;
    }

    /** Name of the database. */
    public String database() {
        return database;
    }

    /** The URL without password and parameters. */
    public String display() {
        return "postgresql://" + user + "@" + address() + "/" + database;
    }

    /** As {@link #display()}. */
    @Override
    public String toString() {
        return display();
    }

    /** {@code host:port}. */
    String address() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    @Nullable
    String password() {
        return password;
    }

    String parameter(String name, String otherwise) {
        return parameters.getOrDefault(name, otherwise);
    }

    void ifPresent(String name, Consumer<String> use) {
        String value = parameters.get(name);
        if (value != null) {
            use.accept(value);
        }
    }
}
