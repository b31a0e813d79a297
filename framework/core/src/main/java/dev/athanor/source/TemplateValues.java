package dev.athanor.source;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The keys that templates and file names may hold, with their values for one revision. */
final class TemplateValues {
    private static final int YEAR = 4;
    private static final int PART = 2;

    private final NewRevision revision;
    private final TemplateSettings settings;

    TemplateValues(NewRevision revision, TemplateSettings settings) {
        this.revision = revision;
        this.settings = settings;
    }

    /** For the text of a file. */
    Map<String, String> forText(TemplateKind kind) {
        Map<String, String> values = all(kind.writing());
        values.put("revises", kind.list(revision.node().revises()));
        values.put("depends_on", kind.list(revision.node().dependsOn()));
        values.put("labels", kind.list(revision.node().labels()));
        if (kind == TemplateKind.JAVA) {
            values.put("package", settings.javaPackage());
            values.put("class", className());
        }
        return values;
    }

    /**
     * For a file's path: no value can name another folder, or holds what some system or locale allows in no name. The message is not
     * among them, because names have a longest length; its slug is.
     */
    Map<String, String> forPath() {
        Map<String, String> values = all(text -> text.replaceAll("[^A-Za-z0-9_.-]+", "_"));
        values.remove("message");
        return values;
    }

    /** The class of a Java revision. */
    String className() {
        return Slug.className(Slug.of(revision.message()));
    }

    private Map<String, String> all(UnaryOperator<String> writing) {
        Map<String, String> values = new TreeMap<>();
        settings.keys().forEach((key, value) -> values.put(key, writing.apply(value)));
        values.put("id", writing.apply(revision.node().id()));
        values.put("slug", Slug.of(revision.message()));
        values.put("message", writing.apply(revision.message()));
        values.put("author", writing.apply(revision.author()));
        values.put("created", writing.apply(revision.created().toString()));
        ZonedDateTime time = revision.created().atZone(ZoneOffset.UTC);
        values.put("year", digits(time.getYear(), YEAR));
        values.put("month", digits(time.getMonthValue(), PART));
        values.put("day", digits(time.getDayOfMonth(), PART));
        values.put("hour", digits(time.getHour(), PART));
        values.put("minute", digits(time.getMinute(), PART));
        values.put("second", digits(time.getSecond(), PART));
        return values;
    }

    private static String digits(int number, int width) {
        return String.format(Locale.ROOT, "%0" + width + "d", number);
    }
}
