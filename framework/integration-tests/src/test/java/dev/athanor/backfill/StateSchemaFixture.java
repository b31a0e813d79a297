package dev.athanor.backfill;

import dev.athanor.postgres.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

final class StateSchemaFixture {
    static void prepare(Database database) {
        try (InputStream in = Database.class.getResourceAsStream("/dev/athanor/ledger/001.sql")) {
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("${schema}", "\"athanor\"");
            boolean there = database.transactions()
                    .autocommit(s ->
                            s.queryOne("SELECT to_regclass('athanor.revision') IS NOT NULL AS f", r -> r.flag("f")))
                    .orElseThrow();
            if (!there) {
                database.transactions().autocommit(s -> s.executeVerbatim("CREATE SCHEMA athanor"));
                database.transactions().autocommit(s -> s.executeVerbatim(script));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
