package dev.athanor.operation;

import dev.athanor.AthanorException;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a directive tells an operation. Each kind asks for what it knows; whatever nobody has asked for in the end is no
 * option of that kind. What is wrong becomes an objection, and something harmless is given in its place, so that reading
 * goes on and all objections are told together.
 */
public final class Arguments {
    private static final String ABSENT = "absent";

    private final Map<String, List<Argument>> given;
    private final String body;
    private final Objections objections;
    private final Set<String> asked = new LinkedHashSet<>();
    private boolean bodyAsked;

    /**
     * Arguments to be read.
     *
     * @param given values by name; a name may come several times
     * @param body the text behind the directive, up to the next; may be blank
     * @param objections takes what is wrong
     */
    public Arguments(Map<String, List<Argument>> given, String body, Objections objections) {
        this.given = Map.copyOf(given);
        this.body = body.strip();
        this.objections = objections;
    }

    /** A table or another object that may stand in a schema. */
    QualifiedName table(String name) {
        Argument argument = required(name, "a name as in SQL: tickets, support.tickets or support.\"Tickets\"");
        return argument == null ? new QualifiedName(null, ABSENT) : parsed(name, argument.ofName());
    }

    /** As {@link #table}; null when it is not said. */
    @Nullable
    QualifiedName tableOrNull(String name) {
        Argument argument = single(name);
        return argument == null ? null : parsed(name, argument.ofName());
    }

    private QualifiedName parsed(String name, String text) {
        try {
            return QualifiedName.parse(text);
        } catch (AthanorException e) {
            objections.add("found '" + name + "=" + text
                    + "', expected a name as in SQL: tickets, support.tickets or support.\"Tickets\"");
            return new QualifiedName(null, ABSENT);
        }
    }

    /** A name, or one with something in parentheses behind it, as it is written in SQL. */
    String written(String name, String expected) {
        Argument argument = required(name, expected);
        if (argument == null) {
            return ABSENT;
        }
        boolean quotesAroundAll =
                argument.written().startsWith("\"") && argument.plain().endsWith(")");
        return quotesAroundAll ? argument.plain() : argument.ofName();
    }

    /** Whether it is said. */
    boolean has(String name) {
        asked.add(name);
        return given.containsKey(name);
    }

    /** The name of a column, constraint, or anything else that stands in a table. */
    String name(String name) {
        List<String> names = names(name);
        if (names.size() != 1 && given.containsKey(name)) {
            objections.add("found several names in '" + name + "', expected one");
        }
        return names.isEmpty() ? ABSENT : names.get(0);
    }

    /** As {@link #name}; null when it is not said. */
    @Nullable
    String nameOrNull(String name) {
        asked.add(name);
        return given.containsKey(name) ? name(name) : null;
    }

    /** Different names separated by commas, one at least. */
    List<String> names(String name) {
        Argument argument = required(name, "one or several names separated by commas");
        return argument == null ? List.of() : split(name, argument.ofName());
    }

    /** As {@link #names}; none when it is not said. */
    List<String> namesOrNone(String name) {
        asked.add(name);
        return given.containsKey(name) ? names(name) : List.of();
    }

    private List<String> split(String name, String text) {
        List<String> names = new ArrayList<>();
        List<Token> tokens = SqlTokens.of(text).all();
        boolean right = tokens.size() % 2 == 1;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            right &= i % 2 == 0 ? token.isName() : token.kind() == TokenKind.COMMA;
            if (token.isName()) {
                right &= !names.contains(token.identifier());
                names.add(token.identifier());
            }
        }
        if (!right) {
            objections.add("found '" + name + "=" + text + "', expected different names separated by commas");
            return List.of();
        }
        return names;
    }

    /** An expression, a type or another piece of SQL that stands inside a statement. */
    String sql(String name) {
        Argument argument = required(name, "a piece of SQL in quotes");
        return argument == null ? "NULL" : checked(name, argument.plain());
    }

    /** As {@link #sql}; null when it is not said. */
    @Nullable
    String sqlOrNull(String name) {
        Argument argument = single(name);
        return argument == null ? null : checked(name, argument.plain());
    }

    /** As {@link #sql}, said as often as one likes; in the order of the directive. */
    List<String> sqls(String name) {
        asked.add(name);
        return given.getOrDefault(name, List.of()).stream()
                .map(argument -> checked(name, argument.plain()))
                .toList();
    }

    private String checked(String name, String text) {
        if (!Fragments.isWhole(text)) {
            objections.add("found '" + name + "=" + text
                    + "', expected one whole piece of SQL, without semicolons and comments");
            return "NULL";
        }
        return text;
    }

    /** Free text; null when it is not said. */
    @Nullable
    String textOrNull(String name) {
        Argument argument = single(name);
        return argument == null ? null : argument.plain();
    }

    /** {@code true} or {@code false}; false when it is not said. */
    boolean flag(String name) {
        String value = oneOf(name, List.of("true", "false"));
        return "true".equals(value);
    }

    /** One of these words; null when it is not said. */
    @Nullable
    String oneOf(String name, List<String> words) {
        Argument argument = single(name);
        if (argument != null && !words.contains(argument.plain())) {
            objections.add(
                    "found '" + name + "=" + argument.plain() + "', expected one of " + String.join(", ", words));
            return null;
        }
        return argument == null ? null : argument.plain();
    }

    /** The text behind the directive; must be there. */
    String body(String expected) {
        bodyAsked = true;
        if (body.isEmpty()) {
            objections.add("found nothing behind the directive, expected " + expected);
        }
        return body;
    }

    /** The text behind the directive; empty when there is none. */
    String bodyOrEmpty() {
        bodyAsked = true;
        return body;
    }

    /** Adds an objection of a kind's own. */
    void objection(String text) {
        objections.add(text);
    }

    /** Objects to all that nobody has asked for. */
    void refuseTheRest(String keyword) {
        given.keySet().stream()
                .filter(name -> !asked.contains(name))
                .sorted()
                .forEach(name -> objections.add("found option '" + name + "' of '" + keyword + "', expected one of "
                        + String.join(", ", asked)));
        if (!bodyAsked && SqlTokens.of(body).code().iterator().hasNext()) {
            objections.add("found SQL behind 'operation " + keyword + "', expected none: it says all on its directive");
        }
    }

    private @Nullable Argument required(String name, String expected) {
        Argument argument = single(name);
        if (argument == null) {
            objections.add("found no '" + name + "', expected " + name + "=… : " + expected);
        }
        return argument;
    }

    private @Nullable Argument single(String name) {
        asked.add(name);
        List<Argument> all = given.getOrDefault(name, List.of());
        if (all.size() > 1) {
            objections.add("found option '" + name + "' again, expected it once");
        }
        return all.isEmpty() ? null : all.get(0);
    }
}
