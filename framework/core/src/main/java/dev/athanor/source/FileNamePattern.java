package dev.athanor.source;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** Where a revision's file goes below its folder: a template of one line, with {@code /} between folders. */
final class FileNamePattern {
    private static final String SUFFIX = ".sql";
    /** What Windows allows in no name; a repository is shared by all systems. */
    private static final Pattern FORBIDDEN = Pattern.compile("[\\\\:*?\"<>|\\p{Cc}]");

    private final String pattern;

    FileNamePattern(String pattern) {
        this.pattern = pattern;
    }

    /**
     * A relative path that goes down only.
     *
     * @throws AthanorException kind USAGE, code {@code invalid_file_name}, when the pattern gives another one
     */
    Path path(Map<String, String> values) {
        String rendered = new Template("The setting file-name", pattern).render(values);
        String file = rendered.endsWith(SUFFIX) ? rendered : rendered + SUFFIX;
        for (String part : file.split("/", -1)) {
            if (part.equals(SUFFIX) || part.isBlank()) {
                throw refused(file, "a name in it is empty");
            }
            if (part.startsWith(".")) {
                throw refused(file, "'" + part + "' begins with a dot, and such files and folders are not read");
            }
            if (FORBIDDEN.matcher(part).find()) {
                throw refused(file, "'" + NewRevision.oneLine(part) + "' holds a character that some system forbids");
            }
        }
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw refused(file, "it cannot be written in this locale or on this system");
        }
    }

    private AthanorException refused(String file, String why) {
        return new AthanorException(
                FailureKind.USAGE,
                "invalid_file_name",
                "The setting file-name '" + NewRevision.oneLine(pattern) + "' gives '" + NewRevision.oneLine(file)
                        + "': " + why,
                "Set file-name in athanor.yaml to a pattern such as " + TemplateSettings.FILE_NAME
                        + " or {{year}}/{{id}}_{{slug}}.");
    }
}
