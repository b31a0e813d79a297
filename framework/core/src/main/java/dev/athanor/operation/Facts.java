package dev.athanor.operation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The components of a record as text, {@code name=value}. What says nothing (null, false, empty) is left out. */
final class Facts {
    private Facts() {}

    static List<String> of(Record owner) {
        List<String> facts = new ArrayList<>();
        for (RecordComponent component : owner.getClass().getRecordComponents()) {
            String value = text(value(component, owner));
            if (!value.isEmpty()) {
                facts.add(component.getName() + "=" + value);
            }
        }
        return facts;
    }

    private static @Nullable Object value(RecordComponent component, Record owner) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a component of " + owner.getClass() + " is not to be read", e);
        }
    }

    private static String text(@Nullable Object value) {
        if (value == null || Boolean.FALSE.equals(value) || value.equals(Optional.empty())) {
            return "";
        }
        if (value instanceof Collection<?> many) {
            return many.isEmpty() ? "" : many.stream().map(Facts::text).toList().toString();
        }
        return value instanceof Record inner && inner.getClass().getPackage() == Facts.class.getPackage()
                ? of(inner).toString()
                : value.toString();
    }
}
