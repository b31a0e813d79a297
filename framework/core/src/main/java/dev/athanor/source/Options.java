package dev.athanor.source;

import dev.athanor.AthanorException;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenKind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code name=value} pairs of a section directive. What is wrong with one is a fault and counts as not said. */
final class Options {
    private final Directive directive;
    private final Faults faults;
    private final List<String> known;
    private final Map<String, String> written = new HashMap<>();

    Options(Directive directive, List<String> known, Faults faults) {
        this.directive = directive;
        this.known = known;
        this.faults = faults;
        OptionScanner scanner = new OptionScanner(directive.argument());
        while (scanner.next()) {
            accept(scanner.name(), scanner.value());
        }
        if (scanner.isUnclosed()) {
            fault("found a value in quotes that are never closed, expected the closing quote");
        }
    }

    private void accept(String name, @Nullable String value) {
        if (!known.contains(name)) {
            fault("found option '" + name + "' of '" + directive.keyword() + "', expected one of "
                    + String.join(", ", known) + Suggestion.of(name, known));
        } else if (value == null || value.isEmpty()) {
            fault("found '" + name + "' without a value, expected " + name + "=value");
        } else if (value.contains("${")) {
            fault("found '" + name + "=" + value + "', expected a value without ${…}: directives hold no placeholders");
        } else if (written.putIfAbsent(name, value) != null) {
            fault("found option '" + name + "' again, expected it once");
        }
    }

    private void fault(String message) {
        faults.add(directive.line(), message);
    }

    private void unexpected(String name, String expected) {
        fault("found '" + name + "=" + written.get(name) + "', expected " + expected);
    }

    /** A value without its quotes; null when the option is absent. */
    @Nullable
    String text(String name) {
        String value = written.get(name);
        return value == null ? null : OptionScanner.unquoted(value);
    }

    /** Whether {@code transaction=none} is absent. */
    boolean transactional() {
        String value = text("transaction");
        if (value != null && !value.equals("none")) {
            unexpected("transaction", "transaction=none, or nothing: a section is one transaction");
        }
        return value == null;
    }

    /** Whether {@code execute=rows} is there. */
    boolean rows() {
        String value = text("execute");
        if (value != null && !value.equals("rows")) {
            unexpected("execute", "execute=rows, or nothing: the statements stand in the section");
        }
        return value != null;
    }

    @Nullable
    Duration duration(String name) {
        String value = text(name);
        Duration duration = value == null ? null : Durations.parse(value);
        if (value != null && duration == null) {
            unexpected(name, "a duration from 1ms to 24 days such as 250ms, 2s, 5m, 1h or PT2S");
        }
        return duration;
    }

    /** Hours of the day with their time zone. */
    @Nullable
    RunWindow window(String name) {
        String value = text(name);
        RunWindow window = value == null ? null : RunWindow.parse(value);
        if (value != null && window == null) {
            unexpected(name, "hours and a time zone in quotes, such as \"22:00-06:00 Europe/Paris\"");
        }
        return window;
    }

    /** A moment with its offset from UTC. */
    @Nullable
    Instant time(String name) {
        String value = text(name);
        try {
            return value == null ? null : Times.parse(value);
        } catch (DateTimeException e) {
            unexpected(name, "a time with its offset, such as 2025-01-15T06:00:00Z");
            return null;
        }
    }

    /** A whole number between two bounds, both included. */
    @Nullable
    Long number(String name, long least, long most) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        boolean digits = value.length() <= 18 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        long number = digits ? Long.parseLong(value) : -1;
        if (number >= least && number <= most) {
            return number;
        }
        unexpected(name, "a whole number from " + least + " to " + most);
        return null;
    }

    @Nullable
    Integer integer(String name, int least, int most) {
        Long number = number(name, least, most);
        return number == null ? null : number.intValue();
    }

    /** A name for messages and commands. */
    @Nullable
    String label(String name) {
        String value = text(name);
        if (value != null && value.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
            unexpected(name, "a name without blanks");
            return null;
        }
        return value;
    }

    /** A table's name as in SQL: double quotes belong to it, single quotes around all of it do not. */
    @Nullable
    QualifiedName table(String name) {
        String value = sqlText(name);
        if (value == null) {
            return null;
        }
        try {
            return QualifiedName.parse(value);
        } catch (AthanorException e) {
            unexpected(name, "a table's name as in SQL: tickets, support.tickets or support.\"Tickets\"");
            return null;
        }
    }

    /** Column names as in SQL, separated by commas; empty when the option is absent. */
    List<String> columns(String name) {
        String value = sqlText(name);
        List<String> columns = new ArrayList<>();
        if (value == null) {
            return columns;
        }
        List<Token> tokens = SqlTokens.of(value).all();
        boolean right = tokens.size() % 2 == 1;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            right &= i % 2 == 0 ? token.isName() : token.kind() == TokenKind.COMMA;
            if (token.isName() && columns.contains(token.identifier())) {
                right = false;
            } else if (token.isName()) {
                columns.add(token.identifier());
            }
        }
        if (!right) {
            unexpected(name, "different columns separated by commas, such as id or tenant_id,id");
            return List.of();
        }
        return columns;
    }

    private @Nullable String sqlText(String name) {
        String value = written.get(name);
        return value != null && value.startsWith("'") ? OptionScanner.unquoted(value) : value;
    }

    /** A condition to be put behind AND. */
    @Nullable
    String condition(String name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        if (isCondition(SqlTokens.of(value).all())) {
            return value;
        }
        unexpected(name, "one whole condition, without semicolons and comments");
        return null;
    }

    private static boolean isCondition(List<Token> tokens) {
        int depth = 0;
        for (Token token : tokens) {
            switch (token.kind()) {
                case OPEN -> depth++;
                case CLOSE -> depth--;
                case SEMICOLON, UNCLOSED, STRAY, LINE_COMMENT, BLOCK_COMMENT -> depth = -1;
                default -> {}
            }
            if (depth < 0) {
                return false;
            }
        }
        return depth == 0 && !tokens.isEmpty();
    }
}
