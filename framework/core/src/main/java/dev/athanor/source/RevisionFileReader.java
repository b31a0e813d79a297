package dev.athanor.source;

import dev.athanor.sql.LineIndex;
import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one revision file in a single pass over its tokens. */
final class RevisionFileReader {
    private static final List<String> KEYWORDS = new ArrayList<>();

    static {
        KEYWORDS.addAll(Header.KEYWORDS);
        KEYWORDS.addAll(SectionReader.KEYWORDS);
        KEYWORDS.add("allow");
    }

    private final String text;
    private final LineIndex lines;
    private final Faults faults;
    private final List<Token> tokens;
    private final Header header;
    private final SectionReader sectionReader;
    private final List<Section> sections = new ArrayList<>();
    private final RevisionChecksum checksum = new RevisionChecksum();

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
        sectionReader = new SectionReader(faults);
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
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            faults.add(lines.line(nul), "found a NUL character, expected text");
        }
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.kind() == TokenKind.LINE_COMMENT && Directive.isMeant(token.text())) {
                comment(token, i);
            } else if (section == null && !token.kind().isComment()) {
                stray(token);
            }
        }
        closeSection(tokens.size(), text.length());
        if (!header.namesRevision()) {
            faults.add(1, "found no revision, expected a line '-- athanor:revision ID' at the head of the file");
        }
        return header.define(sections, checksum.whole());
    }

    private void stray(Token token) {
        if (!strayFound) {
            strayFound = true;
            faults.add(
                    lines.line(token.start()),
                    "found SQL in front of the first section, expected a directive such as '-- athanor:expand'");
        }
    }

    private void comment(Token comment, int index) {
        int line = lines.line(comment.start());
        if (!isFirstOf(line, comment)) {
            faults.add(line, "found '" + comment.text().strip() + "' behind SQL, expected it on a line of its own");
        } else if (comment.text().startsWith(Directive.PREFIX)) {
            directive(Directive.of(comment, line), index);
        } else {
            faults.add(
                    line,
                    "found '" + comment.text().strip() + "', expected a directive to begin with '" + Directive.PREFIX
                            + "' exactly");
        }
    }

    private boolean isFirstOf(int line, Token comment) {
        String before = text.substring(lines.start(line), comment.start());
        return before.isBlank() || before.equals("\uFEFF");
    }

    private void directive(Directive directive, int index) {
        String keyword = directive.keyword();
        if (SectionReader.KEYWORDS.contains(keyword)) {
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
        } else if (directive.argument().isEmpty()) {
            faults.add(directive.line(), "found 'allow' without a rule, expected allow RULE reason");
        }
    }

    private void closeSection(int tokenEnd, int textEnd) {
        if (section == null) {
            return;
        }
        int begin = Math.min(section.end() + 1, textEnd);
        SectionText sectionText = SectionText.read(
                section,
                new SqlTokens(text, tokens.subList(sectionStart, tokenEnd)),
                text.substring(begin, textEnd),
                lines,
                faults);
        Section read = sectionReader.read(sectionText);
        if (read != null) {
            sections.add(read);
            checksum.add(read, sectionText.statements());
        }
    }
}
