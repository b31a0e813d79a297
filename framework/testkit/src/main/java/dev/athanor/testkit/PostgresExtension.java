package dev.athanor.testkit;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;

/**
 * Injects a {@link TestDatabase}: made when first asked for, shared by all tests of a class and its nested classes,
 * dropped after them. The server is, in this order: the one of {@code ATHANOR_TEST_URL}
 * ({@code postgresql://user:password@host:port/database}, a role that may create databases); with
 * {@code ATHANOR_TEST_CONTAINERS=true} a container of the image {@code ATHANOR_TEST_IMAGE} (default
 * {@code postgres:17}); else an embedded server, started once per JVM.
 *
 * <p>No test is ever skipped: without a server the test fails and says why.
 */
public final class PostgresExtension implements BeforeAllCallback, ParameterResolver, TestInstancePostProcessor {
    private static final Namespace NAMESPACE = Namespace.create(PostgresExtension.class);

    /** Fills static fields of type {@link TestDatabase}. */
    @Override
    public void beforeAll(ExtensionContext context) throws IllegalAccessException {
        for (Class<?> at = context.getRequiredTestClass(); at != Object.class && at != null; at = at.getSuperclass()) {
            fill(at, null, context);
        }
    }

    /** Fills instance fields of type {@link TestDatabase}. */
    @Override
    public void postProcessTestInstance(Object test, ExtensionContext context) throws IllegalAccessException {
        for (Class<?> at = test.getClass(); at != Object.class && at != null; at = at.getSuperclass()) {
            fill(at, test, context);
        }
    }

    /** Whether the parameter is a {@link TestDatabase}, and not one that {@link EachPostgres} gives. */
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestDatabase.class
                && !parameter.getDeclaringExecutable().isAnnotationPresent(EachPostgres.class);
    }

    /** The class's database. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return database(context);
    }

    private static void fill(Class<?> declaring, @Nullable Object test, ExtensionContext context)
            throws IllegalAccessException {
        for (Field field : declaring.getDeclaredFields()) {
            if (field.getType() == TestDatabase.class && Modifier.isStatic(field.getModifiers()) == (test == null)) {
                field.setAccessible(true);
                field.set(test, database(context));
            }
        }
    }

    private static TestDatabase database(ExtensionContext context) {
        TestServer server = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(TestServer.class, key -> TestServer.chosen(System.getenv()), TestServer.class);
        return outermostClass(context)
                .getStore(NAMESPACE)
                .computeIfAbsent(TestDatabase.class, key -> server.newDatabase(), TestDatabase.class);
    }

    private static ExtensionContext outermostClass(ExtensionContext context) {
        ExtensionContext outermost = context;
        ExtensionContext at = context;
        while (at.getParent().isPresent()) {
            if (at.getTestClass().isPresent()) {
                outermost = at;
            }
            at = at.getParent().get();
        }
        return outermost;
    }
}
