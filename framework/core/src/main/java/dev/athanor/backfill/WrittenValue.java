package dev.athanor.backfill;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values that transforms give, as the text that PostgreSQL reads. */
final class WrittenValue {
    private WrittenValue() {}

    /** Null for NULL; refuses a class of which nobody has said how it is written. */
    static @Nullable String text(@Nullable Object value) {
        if (value == null || value instanceof String) {
            return (String) value;
        }
        if (value instanceof byte[] bytes) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof Collection<?> list) {
            return array(list.toArray());
        }
        return value.getClass().isArray() ? array(elements(value)) : scalar(value);
    }

    private static String scalar(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Number
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof UUID
                || value instanceof LocalTime) {
            return value.toString();
        }
        return time(value);
    }

    private static String time(Object value) {
        if (value instanceof Instant instant) {
            return Times.text(instant.atOffset(ZoneOffset.UTC));
        }
        if (value instanceof OffsetDateTime time) {
            return Times.text(time);
        }
        if (value instanceof ZonedDateTime time) {
            return Times.text(time.toOffsetDateTime());
        }
        if (value instanceof LocalDateTime time) {
            return Times.text(time);
        }
        if (value instanceof LocalDate date) {
            return Times.text(date);
        }
        throw new IllegalArgumentException("a " + value.getClass().getName()
                + " cannot be written; give it as String, as PostgreSQL would read it");
    }

    private static Object[] elements(Object array) {
        Object[] elements = new Object[Array.getLength(array)];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = Array.get(array, i);
        }
        return elements;
    }

    /** The server's notation: every element in double quotes, nested ones in braces, NULL bare. */
    private static String array(@Nullable Object[] elements) {
        StringBuilder text = new StringBuilder("{");
        for (Object element : elements) {
            if (text.length() > 1) {
                text.append(',');
            }
            boolean nested = element instanceof Collection<?>
                    || element != null && element.getClass().isArray() && !(element instanceof byte[]);
            String value = text(element);
            if (value == null || nested) {
                text.append(value == null ? "NULL" : value);
            } else {
                text.append('"')
                        .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                        .append('"');
            }
        }
        return text.append('}').toString();
    }
}
