package dev.athanor.operation;

import java.util.ArrayList;
import java.util.List;

/** A query and the rows that it must give, which stand in comments {@code -- = a | b} below it. */
record Expectation(String query, List<String> rows) {
    private static final String ROW = "-- =";

    static List<Expectation> of(String text) {
        List<Expectation> all = new ArrayList<>();
        StringBuilder query = new StringBuilder();
        List<String> rows = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith(ROW)) {
                rows.add(line.substring(ROW.length()).strip());
            } else if (!line.isBlank()) {
                if (isWhole(query)) {
                    all.add(new Expectation(query.toString().strip(), List.copyOf(rows)));
                    query.setLength(0);
                    rows.clear();
                }
                query.append(line).append('\n');
            }
        }
        if (!query.isEmpty()) {
            all.add(new Expectation(query.toString().strip(), List.copyOf(rows)));
        }
        return all;
    }

    private static boolean isWhole(StringBuilder query) {
        return query.toString().strip().endsWith(";");
    }
}
