package dev.athanor.backfill;

import dev.athanor.postgres.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The state schema by its scripts alone, without a lease. */
final class StateSchemaFixture {
    private StateSchemaFixture() {}

    static void prepare(Database database) {
        boolean there = database.transactions()
                .autocommit(
                        s -> s.queryOne("SELECT to_regclass('athanor.revision') IS NOT NULL AS f", r -> r.flag("f")))
                .orElseThrow();
        if (there) {
            return;
        }
        database.transactions().autocommit(s -> s.executeVerbatim("CREATE SCHEMA athanor"));
        for (String script : scripts()) {
            database.transactions().autocommit(s -> s.executeVerbatim(script));
        }
    }

    private static List<String> scripts() {
        List<String> scripts = new ArrayList<>();
        String script = read("bootstrap.sql");
        for (int version = 1; script != null; version++) {
            scripts.add(script);
            script = read(String.format(Locale.ROOT, "%03d.sql", version));
        }
        return scripts;
    }

    private static @Nullable String read(String file) {
        try (InputStream in = Database.class.getResourceAsStream("/dev/athanor/ledger/" + file)) {
            return in == null
                    ? null
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("${schema}", "\"athanor\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
