package dev.athanor.source;

import dev.athanor.migration.Step;
import dev.athanor.sql.LineIndex;
import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.Token;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A step of a class as the text of a section. */
final class StepText {
    private final Map<String, String> options;
    private final Faults faults;
    private final String sql;

    StepText(Step step, Faults faults) {
        this(step.sql(), step.options(), faults);
    }

    StepText(String sql, Map<String, String> options, Faults faults) {
        this.sql = sql;
        this.options = options;
        this.faults = faults;
    }

    /** The section that a SQL file would open with this keyword, the phase behind it, and the step's options. */
    SectionText as(String keyword, String phase) {
        return as(keyword, phase, 0);
    }

    /** As {@link #as(String, String)}, of a directive in this line of a file. */
    SectionText as(String keyword, String phase, int line) {
        LineIndex lines = new LineIndex(sql);
        SqlTokens tokens = SqlTokens.ofTemplate(sql);
        checkComments(tokens, new DirectiveComment(sql, lines, faults));
        Directive directive = new Directive(line, 0, 0, keyword, (phase + " " + options()).strip());
        return SectionText.read(directive, tokens, sql, lines, faults);
    }

    /** A section without SQL, with the step's options. */
    SectionText ofRows(String keyword) {
        Directive directive = new Directive(0, 0, 0, keyword, options());
        return new SectionText(directive, SqlTokens.ofTemplate(""), "", List.of(), new LineIndex(""));
    }

    private void checkComments(SqlTokens tokens, DirectiveComment comments) {
        comments.checkNoNul();
        for (Token token : tokens.all()) {
            Directive directive = DirectiveComment.isMeant(token) ? comments.read(token) : null;
            if (directive != null && directive.keyword().equals("allow")) {
                comments.checkWaiver(directive);
            } else if (directive != null) {
                faults.add(
                        directive.line(),
                        "found directive '" + directive.keyword()
                                + "', expected none but allow: a class says the rest with MigrationBuilder and @Revision");
            }
        }
    }

    private String options() {
        return options.entrySet().stream()
                .map(option -> option.getKey() + "=" + quoted(option))
                .collect(Collectors.joining(" "));
    }

    /** In quotes where the value is more than a plain word, because there are blanks and quotes in it to be kept. */
    private static String quoted(Map.Entry<String, String> option) {
        String value = option.getValue();
        boolean plain = value.chars().noneMatch(c -> Character.isWhitespace(c) || c == '\'' || c == '"');
        return plain ? value : "'" + value.replace("'", "''") + "'";
    }
}
