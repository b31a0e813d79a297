package dev.athanor.operation;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SQL with places {@code {like_this}}; filled in one pass, so that what is put in is never searched for places. */
final class Template {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z_]+)}");

    private Template() {}

    /**
     * The text with its places filled.
     *
     * @param namesAndValues a name, its value, the next name, and so on
     */
    static String fill(String text, String... namesAndValues) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return PLACE.matcher(text).replaceAll(place -> {
            String value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalArgumentException("no value for " + place.group());
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
