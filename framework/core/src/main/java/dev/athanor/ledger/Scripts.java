package dev.athanor.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The scripts of the state schema, beside this class. */
final class Scripts {

    private Scripts() {}

    static String bootstrap(String quotedSchema) {
        return read("bootstrap.sql", quotedSchema);
    }

    static String numbered(int version, String quotedSchema) {
        return read(String.format(Locale.ROOT, "%03d.sql", version), quotedSchema);
    }

    private static String read(String file, String quotedSchema) {
        try (InputStream in = Scripts.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("Missing resource " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("${schema}", quotedSchema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
