package dev.athanor.source;

import java.text.Normalizer;
import java.util.Locale;

/** A message as a part of a file's name. */
final class Slug {
    /** Longest slug, in characters; Alembic's {@code truncate_slug_length} has the same default. */
    static final int LONGEST = 40;

    /** Takes the place of a message without any word, so that no file is called by its id and a lone underscore. */
    private static final String UNNAMED = "unnamed";

    private Slug() {}

    /**
     * The words of a message in lower-case ASCII, joined by {@code _}, cut between two words where that is possible.
     * Accents fall off their letters; everything else outside {@code [a-z0-9]} parts words.
     */
    static String of(String message) {
        String plain = Normalizer.normalize(message, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT);
        String words = plain.replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
        return words.isEmpty() ? UNNAMED : cut(words);
    }

    private static String cut(String words) {
        if (words.length() <= LONGEST) {
            return words;
        }
        int end = words.lastIndexOf('_', LONGEST);
        return words.substring(0, end > 0 ? end : LONGEST);
    }

    /** A slug as the name of a Java class that no name of a revision's own imports hides. */
    static String className(String slug) {
        StringBuilder name = new StringBuilder();
        for (String word : slug.split("_", -1)) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        if (Character.isDigit(name.charAt(0))) {
            name.insert(0, "Revision");
        }
        return switch (name.toString()) {
            case "Revision", "Migration", "MigrationBuilder", "Override", "String", "Object", "Sql" ->
                name + "Revision";
            default -> name.toString();
        };
    }
}
