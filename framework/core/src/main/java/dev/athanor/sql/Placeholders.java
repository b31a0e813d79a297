package dev.athanor.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ${name}} of a text and their replacement. They count everywhere, literals and quoted names included, and a
 * value takes its place exactly as it is given: it is neither quoted nor read again. {@code $${} stands for a literal
 * {@code ${} wherever that could mean something, which is inside literals. Comments are left alone: what stands there
 * needs no value.
 *
 * <p>The delimiters of a dollar quote are no part of its text: in <code>$${"a": 1}$$</code> there is nothing to replace,
 * and in {@code $$${name}$$} there is one placeholder.
 */
public final class Placeholders {
    private final String text;
    private @Nullable LineIndex lines;
    private final List<Placeholder> all = new ArrayList<>();
    private final List<Integer> escapes = new ArrayList<>();

    private Placeholders(SqlTokens tokens) {
        text = tokens.text();
        for (Token token : tokens.all()) {
            if (!token.text().contains("${")) {
                continue;
            }
            switch (token.kind()) {
                case PLACEHOLDER -> all.add(placeholder(token.text(), token.start(), false));
                case STRING, BIT_STRING, QUOTED_NAME -> readLiteral(token.start(), token.end());
                case DOLLAR_STRING -> {
                    int delimiter = token.text().indexOf('$', 1) + 1;
                    readLiteral(token.start() + delimiter, token.end() - delimiter);
                }
                default -> {}
            }
        }
    }

    /** The placeholders of a text. */
    public static Placeholders of(String sql) {
        return of(SqlTokens.ofTemplate(sql));
    }

    /** As {@link #of(String)}, of text that was read before by {@link SqlTokens#ofTemplate}. */
    public static Placeholders of(SqlTokens template) {
        return new Placeholders(template);
    }

    private Placeholder placeholder(String written, int start, boolean inLiteral) {
        lines = lines == null ? new LineIndex(text) : lines;
        return new Placeholder(written, start, lines.line(start), inLiteral);
    }

    private void readLiteral(int from, int to) {
        int at = from;
        while (at + 1 < to) {
            if (text.charAt(at) != '$' || text.charAt(at + 1) != '{') {
                at++;
            } else if (at > from && text.charAt(at - 1) == '$') {
                escapes.add(at - 1);
                at += 2;
            } else {
                int end = placeholderEnd(at, to);
                all.add(placeholder(text.substring(at, end), at, true));
                at = end;
            }
        }
    }

    private int placeholderEnd(int start, int limit) {
        int close = text.indexOf('}', start);
        int feed = text.indexOf('\n', start);
        boolean closed = close >= 0 && close < limit && (feed < 0 || close < feed);
        return closed ? close + 1 : start + 2;
    }

    /** Every placeholder in order, chunks and malformed ones included. */
    public List<Placeholder> all() {
        return List.copyOf(all);
    }

    /** {@code ${chunk}} and {@code ${chunk:alias}}. */
    public List<Placeholder> chunks() {
        return all.stream().filter(Placeholder::isChunk).toList();
    }

    /** Those with a name that has no value. */
    public List<Placeholder> unset(Map<String, String> values) {
        return all.stream()
                .filter(placeholder -> {
                    String name = placeholder.name();
                    return name != null && !values.containsKey(name);
                })
                .toList();
    }

    /** The text with its values in place; chunks, unset and malformed placeholders stay as they are. */
    public String replace(Map<String, String> values) {
        return replace(values, 0, text.length());
    }

    /** As {@link #replace(Map)}, of the part between two offsets, neither of them inside a placeholder. */
    public String replace(Map<String, String> values, int from, int to) {
        StringBuilder replaced = new StringBuilder(to - from);
        int done = from;
        for (Placeholder placeholder : all) {
            String name = placeholder.name();
            String value = name == null ? null : values.get(name);
            if (value == null || placeholder.start() < from || placeholder.end() > to) {
                continue;
            }
            appendUnescaped(replaced, done, placeholder.start());
            replaced.append(value);
            done = placeholder.end();
        }
        appendUnescaped(replaced, done, to);
        return replaced.toString();
    }

    private void appendUnescaped(StringBuilder target, int from, int to) {
        int done = from;
        for (int escape : escapes) {
            if (escape >= from && escape < to) {
                target.append(text, done, escape);
                done = escape + 1;
            }
        }
        target.append(text, done, to);
    }
}
