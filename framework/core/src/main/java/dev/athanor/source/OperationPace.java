package dev.athanor.source;

import dev.athanor.operation.Argument;
import dev.athanor.operation.Objections;
import dev.athanor.operation.Operation;
import dev.athanor.operation.Part;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.StatementLocks;
import dev.athanor.sql.StatementSplitter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the directive of an operation says about how patiently and how fast it works, whatever its kind. It goes to the sections that are
 * made of the operation, and as there it does not count for the checksum.
 *
 * @param backfills options of its backfills
 * @param schema options of its sections that others have to wait for
 */
record OperationPace(Map<String, String> backfills, Map<String, String> schema) {
    private static final List<String> OF_BACKFILLS =
            List.of("chunk-size", "target-chunk-time", "max-rows-per-second", "workers", "vacuum-every-rows");
    private static final List<String> OF_SCHEMA = List.of("lock-timeout", "retries");

    /** Of what a class says. */
    static OperationPace of(Map<String, String> options) {
        return new OperationPace(picked(OF_BACKFILLS, options), picked(OF_SCHEMA, options));
    }

    private static Map<String, String> picked(List<String> names, Map<String, String> options) {
        Map<String, String> picked = new LinkedHashMap<>();
        names.stream()
                .filter(options::containsKey)
                .forEach(name -> picked.put(name, String.valueOf(options.get(name))));
        return picked;
    }

    /** Takes out of these arguments what belongs here. */
    static OperationPace taken(Map<String, List<Argument>> given, Objections objections) {
        return new OperationPace(taken(OF_BACKFILLS, given, objections), taken(OF_SCHEMA, given, objections));
    }

    private static Map<String, String> taken(
            List<String> names, Map<String, List<Argument>> given, Objections objections) {
        Map<String, String> taken = new LinkedHashMap<>();
        for (String name : names) {
            List<Argument> said = given.remove(name);
            if (said != null) {
                taken.put(name, said.get(0).plain());
                if (said.size() > 1) {
                    objections.add("found option '" + name + "' again, expected it once");
                }
            }
        }
        return taken;
    }

    /** Objects to what nothing of the operation would listen to. */
    void check(Operation operation, Objections objections) {
        List<Part> parts = new ArrayList<>(operation.expand());
        parts.addAll(operation.contract());
        if (!backfills.isEmpty() && operation.backfill().stream().noneMatch(OperationPace::isBackfill)) {
            objections.add("found '" + backfills.keySet().iterator().next() + "' of '" + operation.keyword()
                    + "', expected none: it has no backfill");
        }
        if (!schema.isEmpty() && parts.stream().noneMatch(OperationPace::isWaitedFor)) {
            objections.add("found '" + schema.keySet().iterator().next() + "' of '" + operation.keyword()
                    + "', expected none: nobody has to wait for what it does");
        }
    }

    /** The part with its share. */
    Part of(Part part) {
        Map<String, String> options = new LinkedHashMap<>(part.options());
        if (isBackfill(part)) {
            options.putAll(backfills);
        } else if (isWaitedFor(part)) {
            options.putAll(schema);
        }
        return new Part(part.kind(), part.sql(), options);
    }

    private static boolean isBackfill(Part part) {
        return part.kind() == Part.Kind.BACKFILL;
    }

    /**
     * Whether reads or writes of others queue behind it. VALIDATE CONSTRAINT and its like harm nobody while they wait, and have a longer
     * patience of their own, as has what is done concurrently, outside a transaction.
     */
    private static boolean isWaitedFor(Part part) {
        return part.kind() == Part.Kind.SCHEMA
                && !part.options().containsKey("transaction")
                && (part.options().containsKey("execute") || blocks(part.sql()));
    }

    private static boolean blocks(String sql) {
        return StatementSplitter.splitTokens(SqlTokens.ofTemplate(sql)).stream()
                .map(StatementLocks::of)
                .flatMap(locks -> Stream.concat(
                        locks.unknown() == null ? Stream.empty() : Stream.of(true),
                        locks.locks().stream().map(lock -> lock.mode() != LockMode.SHARE_UPDATE_EXCLUSIVE)))
                .anyMatch(waits -> waits);
    }
}
