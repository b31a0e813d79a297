package dev.athanor.source;

import dev.athanor.sql.LineIndex;
import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.Token;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one revision file in a single pass over its tokens. */
final class RevisionFileReader {
    private static final List<String> KEYWORDS = new ArrayList<>();

    static {
        KEYWORDS.addAll(Header.KEYWORDS);
        KEYWORDS.addAll(SectionReader.KEYWORDS);
        KEYWORDS.add(OperationReader.KEYWORD);
        KEYWORDS.add("allow");
    }

    private final String text;
    private final LineIndex lines;
    private final Faults faults;
    private final List<Token> tokens;
    private final Header header;
    private final DirectiveComment comments;
    private final SectionList sections;

    /** The section being read and the index of its first token. */
    private @Nullable Directive section;

    private int sectionStart;
    private boolean strayFound;

    private RevisionFileReader(String text, Faults faults) {
        this.text = text;
        this.faults = faults;
        lines = new LineIndex(text);
        tokens = SqlTokens.ofTemplate(text).all();
        header = new Header(faults);
        comments = new DirectiveComment(text, lines, faults);
        sections = new SectionList(faults);
    }

    /**
     * The revision of a file; null when it has no valid id.
     *
     * @param faults what is wrong is added here; a revision that comes with faults must not be run
     */
    static @Nullable RevisionDefinition read(String text, Faults faults) {
        return new RevisionFileReader(text, faults).read();
    }

    private @Nullable RevisionDefinition read() {
        comments.checkNoNul();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (DirectiveComment.isMeant(token)) {
                Directive directive = comments.read(token);
                if (directive != null) {
                    directive(directive, i);
                }
            } else if (section == null && !token.kind().isComment()) {
                stray(token);
            }
        }
        closeSection(tokens.size(), text.length());
        if (!header.namesRevision()) {
            faults.add(1, "found no revision, expected a line '-- athanor:revision ID' at the head of the file");
        }
        return header.define(sections);
    }

    private void stray(Token token) {
        if (!strayFound) {
            strayFound = true;
            faults.add(
                    lines.line(token.start()),
                    "found SQL in front of the first section, expected a directive such as '-- athanor:expand'");
        }
    }

    private void directive(Directive directive, int index) {
        String keyword = directive.keyword();
        if (SectionReader.KEYWORDS.contains(keyword) || keyword.equals(OperationReader.KEYWORD)) {
            closeSection(index, lines.start(directive.line()));
            section = directive;
            sectionStart = index + 1;
        } else if (Header.KEYWORDS.contains(keyword)) {
            if (section == null) {
                header.read(directive);
            } else {
                faults.add(
                        directive.line(),
                        "found '" + keyword + "' behind the first section, expected it at the head of the file");
            }
        } else if (keyword.equals("allow")) {
            waiver(directive);
        } else {
            faults.add(
                    directive.line(),
                    "found '" + keyword + "', expected a directive: one of " + String.join(", ", KEYWORDS)
                            + Suggestion.of(keyword, KEYWORDS));
        }
    }

    /** A waiver stays in its section's text, where lint finds it. */
    private void waiver(Directive directive) {
        if (section == null) {
            faults.add(
                    directive.line(), "found 'allow' outside a section, expected it before the statement it excuses");
        } else {
            comments.checkWaiver(directive);
        }
    }

    private void closeSection(int tokenEnd, int textEnd) {
        if (section == null) {
            return;
        }
        int begin = Math.min(section.end() + 1, textEnd);
        if (section.keyword().equals(OperationReader.KEYWORD)) {
            sections.add(section, text.substring(begin, textEnd));
            return;
        }
        SqlTokens own = new SqlTokens(text, tokens.subList(sectionStart, tokenEnd));
        sections.add(SectionText.read(section, own, text.substring(begin, textEnd), lines, faults));
    }
}
