package dev.athanor.examples.run;

import java.util.ArrayList;
import java.util.List;

/** A table as aligned text, or in Markdown. */
record TextTable(List<String> head, List<List<String>> lines) {

    /** With blanks between the columns; numbers to the right. */
    String plain() {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < head.size(); column++) {
            int at = column;
            widths.add(
                    all().stream().mapToInt(line -> line.get(at).length()).max().orElse(0));
        }
        StringBuilder text = new StringBuilder();
        for (List<String> line : all()) {
            StringBuilder row = new StringBuilder();
            for (int column = 0; column < line.size(); column++) {
                String blanks = " ".repeat(widths.get(column) - line.get(column).length());
                row.append(isNumber(column) ? blanks + line.get(column) : line.get(column) + blanks)
                        .append("  ");
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** With pipes. */
    String markdown() {
        StringBuilder text = new StringBuilder(row(head));
        List<String> rules = new ArrayList<>();
        for (int column = 0; column < head.size(); column++) {
            rules.add(isNumber(column) ? "---:" : "---");
        }
        text.append(row(rules));
        lines.forEach(line -> text.append(row(line)));
        return text.toString();
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private boolean isNumber(int column) {
        return !lines.isEmpty()
                && lines.stream().allMatch(line -> line.get(column).matches("[0-9.]+"));
    }

    private List<List<String>> all() {
        List<List<String>> all = new ArrayList<>(List.of(head));
        all.addAll(lines);
        return all;
    }
}
