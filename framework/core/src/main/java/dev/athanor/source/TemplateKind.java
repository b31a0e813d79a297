package dev.athanor.source;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The templates that there are, and how values are written in each. */
enum TemplateKind {
    SQL("revision.sql"),
    MERGE("merge.sql"),
    JAVA("Revision.java");

    private final String file;

    TemplateKind(String file) {
        this.file = file;
    }

    /** Name of its file in the project's folder of templates, and of the built-in one among the resources. */
    String file() {
        return file;
    }

    /** A text as it may stand in a comment of SQL, or in a string of Java. */
    UnaryOperator<String> writing() {
        return this == JAVA ? TemplateKind::inJavaString : NewRevision::oneLine;
    }

    /** Several ids or labels: with commas, or as the value of an annotation's attribute. Empty when there are none. */
    String list(List<String> names) {
        if (this != JAVA) {
            return String.join(", ", names);
        }
        String quoted =
                names.stream().map(name -> '"' + inJavaString(name) + '"').collect(Collectors.joining(", "));
        return names.size() > 1 ? "{" + quoted + "}" : quoted;
    }

    /** The end of a comment is written with an octal escape, so that the text may stand in one, too. */
    private static String inJavaString(String text) {
        return NewRevision.oneLine(text)
                .replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("*/", "*\\57");
    }
}
