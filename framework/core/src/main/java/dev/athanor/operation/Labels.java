package dev.athanor.operation;

import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Labels of an enum in a directive: {@code new,open} or, as strings of SQL, {@code "'new', 'in progress'"}. */
final class Labels {
    private static final String EXPECTED = "different labels separated by commas, as words or as strings of SQL";

    private Labels() {}

    static List<String> read(Arguments arguments, String option) {
        String text = arguments.textOrNull(option);
        if (text == null) {
            arguments.objection("found no '" + option + "', expected " + option + "=… : " + EXPECTED);
            return List.of();
        }
        List<String> labels = parse(text);
        if (labels.isEmpty()) {
            arguments.objection("found '" + option + "=" + text + "', expected " + EXPECTED);
        }
        return labels;
    }

    /** None when the text holds something else. */
    private static List<String> parse(String text) {
        List<String> labels = new ArrayList<>();
        List<Token> tokens = SqlTokens.of(text).all();
        boolean right = tokens.size() % 2 == 1;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (i % 2 == 1) {
                right &= token.kind() == TokenKind.COMMA;
            } else {
                boolean string =
                        token.kind() == TokenKind.STRING && token.text().startsWith("'");
                right &= string || token.kind() == TokenKind.WORD || token.kind() == TokenKind.NUMBER;
                labels.add(string ? content(token.text()) : token.text());
            }
        }
        return right && labels.stream().distinct().count() == labels.size() ? labels : List.of();
    }

    private static String content(String string) {
        return string.substring(1, string.length() - 1).replace("''", "'");
    }

    static String sql(List<String> labels) {
        return labels.stream().map(Names::literal).collect(Collectors.joining(", "));
    }

    static void validate(Objections objections, List<String> labels) {
        labels.forEach(label -> Names.checkNew(objections, "label", label));
    }
}
