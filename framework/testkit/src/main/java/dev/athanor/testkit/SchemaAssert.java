package dev.athanor.testkit;

import dev.athanor.catalog.SchemaDifference;
import dev.athanor.catalog.SchemaPicture;
import dev.athanor.ledger.StateSchema;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.PoolSettings;
import dev.athanor.postgres.SchemaReader;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Compares schemas: all their objects with all that is defined of them, down to privileges, comments and statistics
 * targets. The two may be of the same database at two times, or of two databases of servers of one major version.
 */
public final class SchemaAssert {
    private SchemaAssert() {}

    /** All objects of a database as they are now, without Athanor's own. */
    public static SchemaPicture schemaOf(TestDatabase database) {
        try (Database open = Database.open(ConnectionUrl.parse(database.url(), Map.of()), PoolSettings.DEFAULTS)) {
            return schemaOf(open);
        }
    }

    /** As {@link #schemaOf(TestDatabase)}, over connections that are open. */
    public static SchemaPicture schemaOf(Database open) {
        return new SchemaReader(open.transactions()).read(List.of(StateSchema.DEFAULT_NAME));
    }

    /**
     * Compares two pictures.
     *
     * @param otherwise what is wrong when they differ, for the message
     * @throws AssertionError with every object that differs, and the lines of its definition that do
     */
    public static void sameSchema(String otherwise, SchemaPicture expected, SchemaPicture found) {
        List<SchemaDifference> differences = SchemaDifference.between(expected, found);
        if (!differences.isEmpty()) {
            throw new AssertionError(otherwise + ":\n"
                    + differences.stream().map(SchemaDifference::text).collect(Collectors.joining("\n")));
        }
    }
}
