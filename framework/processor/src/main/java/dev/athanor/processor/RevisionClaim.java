package dev.athanor.processor;

import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/**
 * Tells javac that {@code @Revision} is seen to, so that {@code -Xlint:processing} does not warn of it. {@link
 * RevisionIndexer} cannot: it would claim the annotations of others with it.
 */
@SupportedAnnotationTypes(RevisionIndexer.REVISION)
public final class RevisionClaim extends AbstractProcessor {
    /** For the service loader. */
    public RevisionClaim() {}

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        return true;
    }
}
