package dev.athanor.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Our settings, in a file that {@code postgresql.conf} includes: written anew at each start, and weaker than what a user
 * sets with {@code ALTER SYSTEM}.
 */
final class ServerConfiguration {
    private static final String FILE = "athanor.conf";
    private static final int FIRST_MAJOR_WITH_OWN_LOCALES = 17;

    private final Map<String, String> settings = new LinkedHashMap<>();

    ServerConfiguration(EmbeddedSettings wanted) {
        settings.put("listen_addresses", Administration.HOST);
        settings.put("unix_socket_directories", "");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        settings.put("log_line_prefix", "%m [%p] %q%u@%d ");
        settings.put("max_connections", "200");
        if (wanted.temporary()) {
            settings.put("shared_buffers", "128MB");
            settings.put("fsync", "off");
            settings.put("full_page_writes", "off");
        } else {
            settings.put("shared_buffers", "256MB");
            settings.put("max_wal_size", "2GB");
        }
        settings.putAll(wanted.serverSettings());
    }

    /** Independent of the locales that the machine happens to have: PostgreSQL's own where there is one, else C. */
    static List<String> localeOptions(int major) {
        return major >= FIRST_MAJOR_WITH_OWN_LOCALES
                ? List.of("--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
                : List.of("--no-locale");
    }

    static void include(Path data) throws IOException {
        Files.writeString(
                data.resolve("postgresql.conf"), "\ninclude_if_exists = '" + FILE + "'\n", StandardOpenOption.APPEND);
    }

    void write(Path data) throws IOException {
        StringBuilder text = new StringBuilder("# Written at each start; use ALTER SYSTEM for your own settings.\n");
        settings.forEach((name, value) -> text.append(name)
                .append(" = '")
                .append(value.replace("'", "''"))
                .append("'\n"));
        Files.writeString(data.resolve(FILE), text);
    }
}
