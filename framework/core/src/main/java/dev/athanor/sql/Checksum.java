package dev.athanor.sql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checksum over what SQL says rather than how it is laid out: SHA-256 over its tokens in UTF-8, with the version of
 * the recipe in front. Blanks, comments, line ends (in literals too, so that a checkout with CRLF changes nothing) and
 * semicolons do not count; where one token ends and the next begins does. Placeholders count by name, not by value.
 */
public final class Checksum {
    /** What a checksum begins with: changed when the recipe changes, so that old sums are known for what they are. */
    public static final String VERSION = "v1:";

    private final StringBuilder content = new StringBuilder(1024);
    private @Nullable String value;

    /** Adds a fact that is no SQL, such as a kind of section or the value of an option. */
    public Checksum fact(String fact) {
        value = null;
        content.append(fact);
        return mark('f');
    }

    /** Adds the statements of a script, each as its tokens without comments. */
    public Checksum statements(List<List<Token>> statements) {
        value = null;
        for (List<Token> statement : statements) {
            for (int i = 0; i < statement.size(); i++) {
                Token token = statement.get(i);
                content.append(unixLines(token.text()));
                mark(i + 1 < statement.size() && gluesTo(token, statement.get(i + 1)) ? 'g' : 't');
            }
            mark('s');
        }
        return mark('e');
    }

    /** Adds the statements of a script. */
    public Checksum sql(String sql) {
        return statements(StatementSplitter.splitTokens(SqlTokens.ofTemplate(sql)));
    }

    /** {@code v1:} and 64 hex digits. Computed when first asked for: most readers of revisions never ask. */
    public String value() {
        String known = value;
        if (known == null) {
            known = compute();
            value = known;
        }
        return known;
    }

    private String compute() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] sum = digest.digest(content.toString().getBytes(StandardCharsets.UTF_8));
            return VERSION + HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }

    /** SQL text holds no NUL, so nothing in it looks like a mark. */
    private Checksum mark(char meaning) {
        content.append('\0').append(meaning);
        return this;
    }

    /** {@code tickets_${year}} becomes one word, {@code tickets_ ${year}} does not. */
    private static boolean gluesTo(Token token, Token next) {
        return token.touches(next) && (token.kind() == TokenKind.PLACEHOLDER || next.kind() == TokenKind.PLACEHOLDER);
    }

    private static String unixLines(String text) {
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n");
    }
}
