package dev.athanor.catalog;

import dev.athanor.catalog.SchemaDifference.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The comparison of two pictures. */
final class SchemaComparison {
    private SchemaComparison() {}

    private record Key(ObjectKind kind, String name) {
        static Key of(SchemaObject object) {
            return new Key(object.kind(), object.name());
        }
    }

    static List<SchemaDifference> of(SchemaPicture was, SchemaPicture is) {
        Map<Key, SchemaObject> before = index(was);
        Map<Key, SchemaObject> after = index(is);
        Map<SchemaObject, SchemaDifference> found = new TreeMap<>();
        whole(missing(before, after)).forEach((object, text) -> found.put(object, removed(object, text)));
        whole(missing(after, before)).forEach((object, text) -> found.put(object, added(object, text)));
        before.forEach((key, object) -> {
            SchemaObject now = after.get(key);
            if (now != null && !now.definition().equals(object.definition())) {
                found.put(object, changed(object, now));
            }
        });
        return List.copyOf(found.values());
    }

    private static Map<Key, SchemaObject> index(SchemaPicture picture) {
        Map<Key, SchemaObject> index = new LinkedHashMap<>();
        picture.objects().forEach(object -> index.put(Key.of(object), object));
        return index;
    }

    private static List<SchemaObject> missing(Map<Key, SchemaObject> here, Map<Key, SchemaObject> there) {
        List<SchemaObject> missing = new ArrayList<>();
        here.forEach((key, object) -> {
            if (!there.containsKey(key)) {
                missing.add(object);
            }
        });
        return missing;
    }

    /** Those that came or went by themselves, each with the text of all that came or went with it. */
    private static Map<SchemaObject, String> whole(List<SchemaObject> objects) {
        Map<String, SchemaObject> byName = new HashMap<>();
        // a parent is of an earlier kind than what belongs to it, and names of different kinds may be the same
        objects.stream().sorted().forEach(object -> byName.putIfAbsent(object.name(), object));
        Map<SchemaObject, StringBuilder> texts = new LinkedHashMap<>();
        objects.stream()
                .filter(object -> parent(object, byName) == null)
                .forEach(object -> texts.put(object, new StringBuilder(object.definition())));
        for (SchemaObject object : objects) {
            SchemaObject top = parent(object, byName);
            if (top != null) {
                for (SchemaObject above = top; above != null; above = parent(above, byName)) {
                    top = above;
                }
                StringBuilder text = texts.get(top);
                if (text != null) {
                    text.append('\n').append(object.title()).append(": ").append(object.definition());
                }
            }
        }
        Map<SchemaObject, String> whole = new LinkedHashMap<>();
        texts.forEach((object, text) -> whole.put(object, text.toString()));
        return whole;
    }

    private static @Nullable SchemaObject parent(SchemaObject object, Map<String, SchemaObject> byName) {
        String parent = object.parent();
        SchemaObject found = parent == null ? null : byName.get(parent);
        return found == object ? null : found;
    }

    private static SchemaDifference removed(SchemaObject object, String text) {
        return new SchemaDifference(object.kind(), object.name(), Change.REMOVED, text, "");
    }

    private static SchemaDifference added(SchemaObject object, String text) {
        return new SchemaDifference(object.kind(), object.name(), Change.ADDED, "", text);
    }

    private static SchemaDifference changed(SchemaObject was, SchemaObject is) {
        return new SchemaDifference(was.kind(), was.name(), Change.CHANGED, was.definition(), is.definition());
    }
}
