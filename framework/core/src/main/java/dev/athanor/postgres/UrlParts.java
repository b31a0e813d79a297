package dev.athanor.postgres;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a URL says, before defaults. The parser never puts the text, which may hold a password, into a message.
 *
 * @param said {@code host}, {@code port}, {@code user}, {@code password}, {@code dbname} and the driver parameters under
 *     libpq's names
 */
record UrlParts(Map<String, String> said) {

    static UrlParts parse(String text) {
        String url = text.strip();
        boolean jdbc = url.startsWith("jdbc:");
        String rest = afterScheme(url);
        int query = rest.indexOf('?');
        Map<String, String> said = new TreeMap<>();
        place(query < 0 ? rest : rest.substring(0, query), said);
        if (query >= 0) {
            for (String pair : rest.substring(query + 1).split("&", -1)) {
                UrlParameters.add(pair, jdbc, said);
            }
        }
        refuseWhatCannotBe(said);
        return new UrlParts(said);
    }

    private static String afterScheme(String url) {
        for (String scheme : new String[] {"jdbc:postgresql:", "r2dbc:postgresql:", "postgresql:", "postgres:"}) {
            if (url.toLowerCase(Locale.ROOT).startsWith(scheme)) {
                return url.substring(scheme.length());
            }
        }
        throw invalid("it begins neither with postgresql:// nor with jdbc:postgresql: or r2dbc:postgresql:");
    }

    private static void place(String place, Map<String, String> said) {
        String path = place;
        if (place.startsWith("//")) {
            int slash = place.indexOf('/', 2);
            authority(slash < 0 ? place.substring(2) : place.substring(2, slash), said);
            path = slash < 0 ? "" : place.substring(slash);
        }
        put(said, "dbname", Percent.decode(path.startsWith("/") ? path.substring(1) : path));
    }

    private static void authority(String authority, Map<String, String> said) {
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            String login = authority.substring(0, at);
            int colon = login.indexOf(':');
            put(said, "user", Percent.decode(colon < 0 ? login : login.substring(0, colon)));
            if (colon >= 0) {
                put(said, "password", Percent.decode(login.substring(colon + 1)));
            }
        }
        String hostPort = authority.substring(at + 1);
        if (hostPort.contains(",")) {
            throw invalid("it names several hosts; name the primary alone");
        }
        int end = hostPort.startsWith("[") ? hostPort.indexOf(']') + 1 : hostPort.indexOf(':');
        if (hostPort.startsWith("[") && end == 0) {
            throw invalid("the bracket of its IPv6 address is not closed");
        }
        String host = end < 0 ? hostPort : hostPort.substring(0, end);
        put(said, "host", Percent.decode(host.startsWith("[") ? host.substring(1, end - 1) : host));
        String behind = hostPort.substring(host.length());
        if (!behind.isEmpty() && !behind.startsWith(":")) {
            throw invalid("there is something between its host and its port");
        }
        put(said, "port", behind.isEmpty() ? "" : behind.substring(1));
    }

    private static void put(Map<String, String> said, String name, String value) {
        if (!value.isEmpty()) {
            said.put(name, value);
        }
    }

    private static void refuseWhatCannotBe(Map<String, String> said) {
        String host = said.getOrDefault("host", "");
        if (host.startsWith("/")) {
            throw invalid("it names a Unix socket; the drivers speak TCP only, so name a host");
        }
        if (host.contains(",")) {
            throw invalid("it names several hosts; name the primary alone");
        }
    }

    String host(Map<String, String> environment) {
        String host = said.getOrDefault("host", environment.getOrDefault("PGHOST", "localhost"));
        return host.isEmpty() || host.startsWith("/") ? "localhost" : host;
    }

    int port(Map<String, String> environment) {
        String port = said.getOrDefault("port", environment.getOrDefault("PGPORT", "5432"));
        try {
            int number = Integer.parseInt(port);
            if (number > 0 && number < 65536) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw invalid("its port is no number: '" + port + "'");
        }
        throw invalid("its port is not between 1 and 65535: '" + port + "'");
    }

    String user(Map<String, String> environment) {
        return said.getOrDefault(
                "user", environment.getOrDefault("PGUSER", System.getProperty("user.name", "postgres")));
    }

    String database(Map<String, String> environment, String user) {
        return said.getOrDefault("dbname", environment.getOrDefault("PGDATABASE", user));
    }

    @Nullable
    String password() {
        return said.get("password");
    }

    /** What is for the drivers. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>(said);
        parameters.keySet().removeAll(UrlParameters.PLACE);
        return parameters;
    }

    static AthanorException invalid(String why) {
        return new AthanorException(
                FailureKind.USAGE,
                "invalid_url",
                "The connection URL cannot be used: " + why,
                "Write it as postgresql://user:password@host:5432/database?sslmode=require; write special characters as"
                        + " %XX.");
    }
}
