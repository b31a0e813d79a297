package dev.athanor.lint;

import dev.athanor.lint.Statement.Control;
import dev.athanor.sql.LineIndex;
import dev.athanor.sql.SqlStatement;
import dev.athanor.sql.SqlSyntaxException;
import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.StatementLocks;
import dev.athanor.sql.StatementSplitter;
import dev.athanor.sql.Token;
import dev.athanor.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;

/** Cuts sections into statements, tells their transactions apart and finds the waivers before them. */
final class SiteReader {
    private final List<Site> sites = new ArrayList<>();
    private final List<PlacedWaiver> waivers = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();
    private int transactions;

    /** @param excused index of the statement behind it among all sites; -1 when none stands behind it */
    record PlacedWaiver(Waiver waiver, int excused) {}

    /** A section that cannot be cut into statements. */
    record Unreadable(LintedSection section, Place place, String problem) {}

    List<Site> sites() {
        return sites;
    }

    List<PlacedWaiver> waivers() {
        return waivers;
    }

    List<Unreadable> unreadable() {
        return unreadable;
    }

    void read(LintedSection section, int index) {
        SqlTokens tokens = SqlTokens.ofTemplate(section.sql());
        LineIndex lines = new LineIndex(section.sql());
        List<SqlStatement> statements;
        try {
            statements = StatementSplitter.split(tokens);
        } catch (SqlSyntaxException e) {
            Place place = new Place(section.file(), section.line() + e.line() - 1);
            unreadable.add(new Unreadable(section, place, e.problem()));
            statements = List.of();
        }
        int first = sites.size();
        place(section, index, statements);
        waivers(section, tokens, lines, statements, first);
    }

    private void place(LintedSection section, int index, List<SqlStatement> statements) {
        boolean open = false;
        transactions++;
        for (SqlStatement sql : statements) {
            List<Token> code = SqlTokens.ofTemplate(sql.text()).code();
            Statement statement = StatementReader.read(code);
            Control control = statement instanceof Control found ? found : null;
            boolean begins = control != null && control.kind() == Control.Kind.BEGIN;
            if (!section.transactional() && !open) {
                transactions++;
            }
            open = open || begins;
            Place place = new Place(section.file(), section.line() + sql.line() - 1);
            boolean inTransaction = section.transactional() || open;
            sites.add(new Site(
                    sites.size(),
                    section,
                    index,
                    transactions,
                    inTransaction,
                    sql.text(),
                    place,
                    code,
                    statement,
                    StatementLocks.of(code)));
            boolean ends = control != null && !begins && !control.chain();
            open = open && !ends;
        }
    }

    private void waivers(
            LintedSection section, SqlTokens tokens, LineIndex lines, List<SqlStatement> statements, int first) {
        for (Token token : tokens.all()) {
            if (token.kind() != TokenKind.LINE_COMMENT || !WaiverText.isWaiver(token.text())) {
                continue;
            }
            Place place = new Place(section.file(), section.line() + lines.line(token.start()) - 1);
            int next = 0;
            while (next < statements.size() && codeStart(statements.get(next), tokens) < token.start()) {
                next++;
            }
            int excused = next < statements.size() ? first + next : -1;
            waivers.add(new PlacedWaiver(WaiverText.read(token.text(), place), excused));
        }
    }

    private static int codeStart(SqlStatement statement, SqlTokens tokens) {
        return Math.min(statement.start(), tokens.text().length());
    }
}
