package dev.athanor.benchmark.server;

import java.net.URI;

/** URLs as libpq writes them, for pgjdbc, which wants the login as parameters. */
public final class JdbcUrl {
    private JdbcUrl() {}

    /** From {@code postgresql://user:password@host:port/database?parameter=value}; user and password stay percent-encoded. */
    public static String of(String libpq) {
        URI uri = URI.create(libpq);
        StringBuilder url = new StringBuilder("jdbc:postgresql://").append(uri.getHost());
        if (uri.getPort() >= 0) {
            url.append(':').append(uri.getPort());
        }
        url.append(uri.getRawPath() == null ? "/" : uri.getRawPath());
        char separator = '?';
        if (uri.getRawUserInfo() != null) {
            String[] login = uri.getRawUserInfo().split(":", 2);
            url.append(separator).append("user=").append(login[0]);
            separator = '&';
            if (login.length > 1) {
                url.append("&password=").append(login[1]);
            }
        }
        if (uri.getRawQuery() != null) {
            url.append(separator).append(uri.getRawQuery());
        }
        return url.toString();
    }

    /** The same server, another database. */
    static String otherDatabase(String libpq, String database) {
        URI uri = URI.create(libpq);
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return uri.getScheme() + "://" + uri.getRawAuthority() + "/" + database + query;
    }
}
