package dev.athanor.testkit;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a test on each major version; see {@link EachPostgres}. */
final class EachPostgresExtension implements TestTemplateInvocationContextProvider {
    private static final Namespace NAMESPACE = Namespace.create(EachPostgresExtension.class);

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return context.getRequiredTestMethod().isAnnotationPresent(EachPostgres.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        EachPostgres wanted = context.getRequiredTestMethod().getAnnotation(EachPostgres.class);
        List<Integer> majors = TestServers.majors().stream()
                .filter(major -> major >= wanted.from() && major <= wanted.to())
                .toList();
        return majors.isEmpty()
                ? Stream.of(new NotHere(wanted))
                : majors.stream().map(OnVersion::new);
    }

    private static String range(EachPostgres wanted) {
        return "PostgreSQL " + (wanted.from() == 0 ? "" : "from " + wanted.from() + " ")
                + (wanted.to() == Integer.MAX_VALUE ? "" : "to " + wanted.to());
    }

    /** One run. */
    private record OnVersion(int major) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int index) {
            return TestServers.title(major);
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new DatabaseParameter(major));
        }
    }

    /** A test that the one given server cannot run. */
    private record NotHere(EachPostgres wanted) implements TestTemplateInvocationContext, ExecutionCondition {
        @Override
        public String getDisplayName(int index) {
            return "NOT RUN: needs " + range(wanted).strip() + ", there is only " + TestServers.majors();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return ConditionEvaluationResult.disabled(getDisplayName(0));
        }
    }

    /** Makes the database when it is asked for, and has it dropped after the run. */
    private record DatabaseParameter(int major) implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == TestDatabase.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getStore(NAMESPACE)
                    .computeIfAbsent(
                            TestDatabase.class, key -> TestServers.of(major).newDatabase(), TestDatabase.class);
        }
    }
}
