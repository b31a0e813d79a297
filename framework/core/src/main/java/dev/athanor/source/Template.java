package dev.athanor.source;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plain text with keys such as <code>{{id}}</code>, which are something else than the <code>${name}</code> of SQL.
 * <code>\{{</code> stands for two braces. A line whose keys are all empty is left out: nobody revises nothing.
 */
final class Template {
    private static final Pattern MARK =
            Pattern.compile("\\\\\\{\\{|\\{\\{[ \\t]*([A-Za-z_][A-Za-z0-9_.-]*)[ \\t]*\\}\\}|\\{\\{");

    private static final Pattern LINE = Pattern.compile("[^\\n]*\\n|[^\\n]+");

    private final String name;
    private final String text;

    /**
     * @param name what messages call it, such as the path of its file
     * @param text as it stands there
     */
    Template(String name, String text) {
        this.name = name;
        this.text = text;
    }

    String name() {
        return name;
    }

    /**
     * The text with its values in place; they are not read again.
     *
     * @throws AthanorException kind USAGE, code {@code invalid_template} for braces without a name, and {@code
     *     unknown_template_key} for a name without a value, with all of them
     */
    String render(Map<String, String> values) {
        StringBuilder rendered = new StringBuilder();
        List<String> faults = new ArrayList<>();
        Set<String> unknown = new LinkedHashSet<>();
        Matcher lines = LINE.matcher(text);
        for (int number = 1; lines.find(); number++) {
            Line line = new Line(lines.group(), values);
            for (String key : line.unknown) {
                unknown.add(key);
                faults.add(name + ":" + number + ": unknown key '" + key + "'" + Suggestion.of(key, values.keySet()));
            }
            if (line.malformed) {
                faults.add(name + ":" + number + ": found '{{' without a key, expected one such as {{id}}; "
                        + "two braces themselves are written \\{{");
            }
            rendered.append(line.rendered());
        }
        if (!faults.isEmpty()) {
            throw refused(faults, unknown, values.keySet());
        }
        return rendered.toString();
    }

    private AthanorException refused(List<String> faults, Collection<String> unknown, Collection<String> known) {
        String message = String.join("\n", faults);
        if (unknown.isEmpty()) {
            return new AthanorException(
                    FailureKind.USAGE, "invalid_template", message, "Correct the template; nothing was written.");
        }
        String key = unknown.iterator().next();
        return new AthanorException(
                FailureKind.USAGE,
                "unknown_template_key",
                message + "\nKnown keys are " + String.join(", ", known),
                "Give a key of your own with --set " + key + "=VALUE, or in athanor.yaml under 'set'.");
    }

    /** One line, its end included. */
    private static final class Line {
        private final StringBuilder out = new StringBuilder();
        private final List<String> unknown = new ArrayList<>();
        private boolean malformed;
        private boolean keyed;
        private boolean filled;

        Line(String line, Map<String, String> values) {
            Matcher marks = MARK.matcher(line);
            int done = 0;
            while (marks.find()) {
                out.append(line, done, marks.start());
                done = marks.end();
                String key = marks.group(1);
                if (key != null) {
                    value(key, values);
                } else if (marks.group().startsWith("\\")) {
                    out.append("{{");
                } else {
                    malformed = true;
                }
            }
            out.append(line, done, line.length());
        }

        private void value(String key, Map<String, String> values) {
            String value = values.get(key);
            if (value == null) {
                unknown.add(key);
            } else {
                keyed = true;
                filled |= !value.isEmpty();
                out.append(value);
            }
        }

        CharSequence rendered() {
            return keyed && !filled ? "" : out;
        }
    }
}
