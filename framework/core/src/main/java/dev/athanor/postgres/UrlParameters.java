package dev.athanor.postgres;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;

/** The parameters behind a URL's question mark: libpq's names, pgjdbc's and the R2DBC driver's names for the same. */
final class UrlParameters {
    /** Parameters that say where and who, and are not for the drivers. */
    static final Set<String> PLACE = Set.of("host", "port", "user", "password", "dbname");

    private static final Set<String> CARRIED = Set.of(
            "sslmode",
            "sslrootcert",
            "sslcert",
            "sslkey",
            "sslpassword",
            "channel_binding",
            "connect_timeout",
            "application_name",
            "search_path");

    private static final Map<String, String> OTHER_NAMES = Map.ofEntries(
            Map.entry("username", "user"),
            Map.entry("database", "dbname"),
            Map.entry("sslMode", "sslmode"),
            Map.entry("sslRootCert", "sslrootcert"),
            Map.entry("sslCert", "sslcert"),
            Map.entry("sslKey", "sslkey"),
            Map.entry("sslPassword", "sslpassword"),
            Map.entry("channelBinding", "channel_binding"),
            Map.entry("ApplicationName", "application_name"),
            Map.entry("applicationName", "application_name"),
            Map.entry("currentSchema", "search_path"),
            Map.entry("schema", "search_path"));

    /** Tuning that does not change what a statement means, of one driver or of a tool that shares the URL. */
    private static final Set<String> IGNORED = Set.of(
            "adaptiveFetch",
            "assumeMinServerVersion",
            "autosave",
            "binaryTransfer",
            "cancelSignalTimeout",
            "cleanupSavepoints",
            "connection_limit",
            "databaseMetadataCacheFields",
            "defaultRowFetchSize",
            "disableColumnSanitiser",
            "fallback_application_name",
            "fetchSize",
            "forceBinary",
            "gssEncMode",
            "gssencmode",
            "keepalives",
            "keepalives_count",
            "keepalives_idle",
            "keepalives_interval",
            "logUnclosedConnections",
            "loggerLevel",
            "loginTimeout",
            "pgbouncer",
            "pool_timeout",
            "preferQueryMode",
            "preparedStatementCacheQueries",
            "preparedStatementCacheSizeMiB",
            "prepareThreshold",
            "reWriteBatchedInserts",
            "receiveBufferSize",
            "sendBufferSize",
            "socketTimeout",
            "targetServerType",
            "target_session_attrs",
            "tcpKeepAlive",
            "tcpNoDelay");

    private UrlParameters() {}

    static void add(String pair, boolean plusIsBlank, Map<String, String> said) {
        if (pair.isEmpty()) {
            return;
        }
        int equals = pair.indexOf('=');
        if (equals <= 0) {
            throw UrlParts.invalid("one of its parameters has no value");
        }
        String written = Percent.decode(pair.substring(0, equals));
        String text = pair.substring(equals + 1);
        String value = Percent.decode(plusIsBlank ? text.replace('+', ' ') : text);
        String name = OTHER_NAMES.getOrDefault(written, written);
        switch (name) {
            case "ssl" -> ssl(value, said);
            case "connectTimeout" -> said.put("connect_timeout", seconds(value));
            case "options" ->
                throw UrlParts.invalid(
                        "it holds 'options', which a transaction pooler does not pass on; set such values"
                                + " by ALTER ROLE … SET, or currentSchema=… for the search path");
            default -> keep(name, value, said);
        }
    }

    private static void keep(String name, String value, Map<String, String> said) {
        if (PLACE.contains(name) || CARRIED.contains(name)) {
            said.put(name, name.equals("connect_timeout") ? seconds(value) : value);
        } else if (!IGNORED.contains(name)) {
            throw UrlParts.invalid("its parameter '" + name + "' is not known");
        }
    }

    /** pgjdbc reads {@code ssl=true} as full verification. */
    private static void ssl(String value, Map<String, String> said) {
        if (value.isEmpty() || value.equalsIgnoreCase("true")) {
            said.putIfAbsent("sslmode", "verify-full");
        }
    }

    /** Seconds, or the R2DBC driver's ISO form such as {@code PT10S}. */
    private static String seconds(String value) {
        try {
            return value.startsWith("PT")
                    ? Long.toString(Duration.parse(value).toSeconds())
                    : Integer.toString(Integer.parseInt(value));
        } catch (NumberFormatException | DateTimeParseException e) {
            throw UrlParts.invalid("its connect_timeout is no number of seconds: '" + value + "'");
        }
    }
}
