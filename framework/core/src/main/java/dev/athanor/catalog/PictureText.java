package dev.athanor.catalog;

import java.util.List;
import java.util.Optional;

/**
 * A picture as text: a line that names the form, then a line of four parts for each object. Tabs, line ends and
 * backslashes inside a part are escaped.
 */
final class PictureText {
    /** Counts up whenever the form changes, or what definitions say. */
    private static final String FORM = "athanor-picture 2 server ";

    private static final int PARTS = 4;

    private PictureText() {}

    static String write(SchemaPicture picture) {
        StringBuilder text = new StringBuilder(FORM).append(picture.serverMajor());
        for (SchemaObject object : picture.objects()) {
            text.append('\n').append(object.kind().key()).append('\t');
            escape(object.name(), text).append('\t');
            escape(object.parent() == null ? "" : object.parent(), text).append('\t');
            escape(object.definition(), text);
        }
        return text.toString();
    }

    static Optional<SchemaPicture> read(String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.get(0).startsWith(FORM)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SchemaPicture(
                    Integer.parseInt(lines.get(0).substring(FORM.length())),
                    lines.stream().skip(1).map(PictureText::object).toList()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static SchemaObject object(String line) {
        String[] parts = line.split("\t", -1);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("no object: " + line);
        }
        String parent = unescape(parts[2]);
        return new SchemaObject(
                ObjectKind.valueOf(parts[0].toUpperCase(java.util.Locale.ROOT)),
                unescape(parts[1]),
                parent.isEmpty() ? null : parent,
                unescape(parts[3]));
    }

    private static StringBuilder escape(String value, StringBuilder text) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> text.append(c);
            }
        }
        return text;
    }

    private static String unescape(String value) {
        if (value.indexOf('\\') < 0) {
            return value;
        }
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                i++;
                text.append(
                        switch (value.charAt(i)) {
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            case 't' -> '\t';
                            default -> value.charAt(i);
                        });
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
