package dev.athanor.processor;

import java.util.Map;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;

/** Says at compile time what would otherwise be wrong when the class is loaded. */
record RevisionCheck(ProcessingEnvironment environment) {
    private static final String MIGRATION = "dev.athanor.migration.Migration";

    /** Reports what is wrong with a class as errors of the compilation. */
    void check(TypeElement type, Map<String, Element> byId) {
        boolean instantiable = (type.getKind() == ElementKind.CLASS || type.getKind() == ElementKind.RECORD)
                && !type.getModifiers().contains(Modifier.ABSTRACT);
        if (!instantiable) {
            error(type, "must be a class that is not abstract");
        } else if (type.getModifiers().contains(Modifier.PUBLIC)
                && ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
                        .noneMatch(made -> made.getParameters().isEmpty()
                                && made.getModifiers().contains(Modifier.PUBLIC))) {
            error(type, "must have a public constructor without parameters");
        }
        for (Element at = type; at instanceof TypeElement; at = at.getEnclosingElement()) {
            checkOpen(type, at);
        }
        TypeElement migration = environment.getElementUtils().getTypeElement(MIGRATION);
        if (migration == null || !environment.getTypeUtils().isAssignable(type.asType(), migration.asType())) {
            error(type, "must implement " + MIGRATION);
        }
        checkId(type, byId);
    }

    private void checkOpen(TypeElement type, Element at) {
        boolean nested = at.getEnclosingElement() instanceof TypeElement;
        if (!at.getModifiers().contains(Modifier.PUBLIC)) {
            error(type, at == type ? "must be public" : "must stand in public classes only");
        }
        if (nested && !at.getModifiers().contains(Modifier.STATIC)) {
            error(type, "must stand at the top or be static");
        }
    }

    private void checkId(TypeElement type, Map<String, Element> byId) {
        for (AnnotationMirror annotation : type.getAnnotationMirrors()) {
            TypeElement kind = (TypeElement) annotation.getAnnotationType().asElement();
            if (!kind.getQualifiedName().contentEquals(RevisionIndexer.REVISION)) {
                continue;
            }
            for (Map.Entry<? extends Element, ? extends AnnotationValue> entry :
                    annotation.getElementValues().entrySet()) {
                if (entry.getKey().getSimpleName().contentEquals("id")
                        && entry.getValue().getValue() instanceof String id) {
                    Element other = byId.putIfAbsent(id, type);
                    if (other != null) {
                        error(type, "has the id '" + id + "', which " + other + " has already");
                    }
                }
            }
        }
    }

    private void error(TypeElement type, String problem) {
        environment
                .getMessager()
                .printMessage(Diagnostic.Kind.ERROR, "the revision " + type.getQualifiedName() + " " + problem, type);
    }
}
