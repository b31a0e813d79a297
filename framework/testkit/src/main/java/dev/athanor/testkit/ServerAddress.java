package dev.athanor.testkit;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is and how to get in.
 *
 * @param hostAndPort such as {@code localhost:5432}
 * @param user role to connect as
 * @param password empty for none
 * @param database name, not encoded
 * @param options what follows the question mark of the URL; empty for none
 */
record ServerAddress(String hostAndPort, String user, String password, String database, String options) {
    /** Reads {@code postgresql://user:password@host:port/database?options}. */
    static ServerAddress parse(String url) {
        URI uri = URI.create(url);
        String scheme = uri.getScheme();
        String authority = uri.getRawAuthority();
        if (authority == null || !("postgresql".equals(scheme) || "postgres".equals(scheme))) {
            throw new IllegalArgumentException(
                    "ATHANOR_TEST_URL is no URL of the form" + " postgresql://user:password@host:port/database");
        }
        int at = authority.lastIndexOf('@');
        String[] login = (at < 0 ? "postgres" : authority.substring(0, at)).split(":", 2);
        String path = uri.getRawPath();
        String database = path == null || path.length() < 2 ? login[0] : path.substring(1);
        return new ServerAddress(
                authority.substring(at + 1),
                decode(login[0]),
                login.length > 1 ? decode(login[1]) : "",
                decode(database),
                orEmpty(uri.getRawQuery()));
    }

    ServerAddress database(String other) {
        return new ServerAddress(hostAndPort, user, password, other, options);
    }

    /** As libpq writes it. */
    String url() {
        String login = encode(user) + (password.isEmpty() ? "" : ":" + encode(password));
        return "postgresql://" + login + "@" + hostAndPort + "/" + encode(database) + question();
    }

    Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        if (!password.isEmpty()) {
            properties.setProperty("password", password);
        }
        String jdbc = "jdbc:postgresql://" + hostAndPort + "/" + encode(database) + question();
        return DriverManager.getConnection(jdbc, properties);
    }

    private String question() {
        return options.isEmpty() ? "" : "?" + options;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
