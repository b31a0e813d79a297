package dev.athanor.source;

import dev.athanor.migration.Migration;
import dev.athanor.migration.Revision;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Collects the revisions of classes, and what is wrong with any of them. */
final class MigrationDefinitions {
    private final List<RevisionDefinition> definitions = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<Throwable> thrown = new ArrayList<>();

    /** Makes the one instance of a class. */
    @FunctionalInterface
    private interface Maker {
        Migration make() throws ReflectiveOperationException;
    }

    void add(Migration migration) {
        add(migration.getClass(), () -> migration);
    }

    void add(Class<?> type) {
        add(type, () -> type.asSubclass(Migration.class).getConstructor().newInstance());
    }

    private void add(Class<?> type, Maker maker) {
        Faults found = new Faults(type.getName());
        try {
            Revision facts = type.getAnnotation(Revision.class);
            if (facts == null) {
                found.add(0, "found no @Revision, expected it on the class");
            } else if (!Migration.class.isAssignableFrom(type)) {
                found.add(0, "found another class, expected one that implements " + Migration.class.getName());
            } else {
                RevisionDefinition definition = MigrationReader.read(facts, maker.make(), found);
                if (definition != null) {
                    definitions.add(definition);
                }
            }
        } catch (InvocationTargetException e) {
            threw(type, Objects.requireNonNullElse(e.getCause(), e), found);
        } catch (ReflectiveOperationException e) {
            found.add(
                    0,
                    "found a class of which nobody can make an instance, expected a public class"
                            + " with a public constructor without parameters");
        } catch (RuntimeException | LinkageError | AssertionError e) {
            threw(type, e, found);
        }
        faults.addAll(found.inOrder());
    }

    private void threw(Class<?> type, Throwable cause, Faults found) {
        String where = Arrays.stream(cause.getStackTrace())
                .filter(frame -> frame.getClassName().equals(type.getName()))
                .findFirst()
                .map(frame -> " thrown in " + frame.getMethodName() + " (" + frame.getFileName() + ":"
                        + frame.getLineNumber() + ")")
                .orElse("");
        thrown.add(cause);
        found.enter(null);
        found.add(0, "found " + cause + where + ", expected the class to say what the revision does");
    }

    /** The revisions in the order in which their classes were added. */
    Revisions all() {
        if (faults.isEmpty()) {
            return new Revisions(definitions);
        }
        SourceException refused = new SourceException(faults);
        thrown.forEach(refused::addSuppressed);
        throw refused;
    }
}
