package dev.athanor.benchmark.server;

import dev.athanor.AthanorException;
import dev.athanor.postgres.ConnectionUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.regex.Pattern;

/** URLs as libpq writes them, for pgjdbc, which wants the login as parameters. */
public final class JdbcUrl {
    private static final Pattern ELSEWHERE =
            Pattern.compile("(^|&)(user|password|host|port|dbname|PGDBNAME|PGHOST|PGPORT)=");

    private JdbcUrl() {}

    /**
     * Makes sure that it names one server, one login and one database, all of them in front of the parameters.
     *
     * @throws IllegalArgumentException with what is wrong, without the password
     */
    public static void check(String libpq) {
        try {
            ConnectionUrl.parse(libpq, Map.of());
        } catch (AthanorException e) {
            throw new IllegalArgumentException("--url: " + e.getMessage(), e);
        }
        if (!libpq.startsWith("postgresql://") && !libpq.startsWith("postgres://")) {
            throw new IllegalArgumentException("--url does not begin with postgresql://");
        }
        URI uri;
        try {
            uri = new URI(libpq);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "--url has a character that must be percent-encoded, at position " + (e.getIndex() + 1));
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("--url names no host, or one that is no host name");
        }
        if (uri.getRawQuery() != null && ELSEWHERE.matcher(uri.getRawQuery()).find()) {
            throw new IllegalArgumentException("--url: login, host and database belong in front of the parameters");
        }
    }

    /** From {@code postgresql://user:password@host:port/database?parameter=value}. */
    public static String of(String libpq) {
        URI uri = URI.create(libpq);
        StringBuilder url = new StringBuilder("jdbc:postgresql://").append(uri.getHost());
        if (uri.getPort() >= 0) {
            url.append(':').append(uri.getPort());
        }
        url.append(uri.getRawPath().isEmpty() ? "/" : uri.getRawPath());
        char separator = '?';
        if (uri.getRawUserInfo() != null) {
            String[] login = uri.getRawUserInfo().split(":", 2);
            url.append(separator).append("user=").append(parameter(login[0]));
            separator = '&';
            if (login.length > 1) {
                url.append("&password=").append(parameter(login[1]));
            }
        }
        if (uri.getRawQuery() != null) {
            url.append(separator).append(uri.getRawQuery());
        }
        return url.toString();
    }

    /** A plus is a plus in front of the host, but a blank among parameters. */
    private static String parameter(String encoded) {
        return encoded.replace("+", "%2B").replace("&", "%26");
    }

    /** The same server, another database. */
    static String otherDatabase(String libpq, String database) {
        URI uri = URI.create(libpq);
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return uri.getScheme() + "://" + uri.getRawAuthority() + "/" + database + query;
    }
}
