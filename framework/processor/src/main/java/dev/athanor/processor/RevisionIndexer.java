package dev.athanor.processor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;

/**
 * Writes {@code META-INF/athanor/revisions}: the classes with {@code @Revision}, one a line. Looks at every compilation,
 * because one that holds no revision any more must leave none in the index. Classes that are compiled already and not
 * part of this compilation stay in it.
 */
@SupportedAnnotationTypes("*")
public final class RevisionIndexer extends AbstractProcessor {
    static final String REVISION = "dev.athanor.migration.Revision";

    /** Binary names of all classes of this compilation. */
    private final Set<String> compiled = new HashSet<>();

    /** Those of them that are revisions. */
    private final Map<String, Element> revisions = new TreeMap<>();

    private final Map<String, Element> byId = new TreeMap<>();

    /** For the service loader. */
    public RevisionIndexer() {}

    /** Whatever javac understands: nothing here depends on the version of the language. */
    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    /** Claims nothing: {@link RevisionClaim} does. */
    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        ElementFilter.typesIn(round.getRootElements()).forEach(this::collect);
        TypeElement annotation = processingEnv.getElementUtils().getTypeElement(REVISION);
        if (annotation != null) {
            RevisionCheck check = new RevisionCheck(processingEnv);
            for (TypeElement type : ElementFilter.typesIn(round.getElementsAnnotatedWith(annotation))) {
                check.check(type, byId);
                revisions.put(binaryName(type), type);
            }
        }
        if (round.processingOver() && !round.errorRaised()) {
            write();
        }
        return false;
    }

    private void collect(TypeElement type) {
        compiled.add(binaryName(type));
        ElementFilter.typesIn(type.getEnclosedElements()).forEach(this::collect);
    }

    private String binaryName(TypeElement type) {
        return processingEnv.getElementUtils().getBinaryName(type).toString();
    }

    private void write() {
        Index index = new Index(processingEnv.getFiler());
        try {
            List<String> old = index.read();
            Set<String> names = new TreeSet<>(revisions.keySet());
            for (String name : old) {
                if (!compiled.contains(name) && index.hasClass(name)) {
                    names.add(name);
                }
            }
            if (!old.equals(new ArrayList<>(names))) {
                index.write(names, revisions.values());
            }
        } catch (IOException e) {
            processingEnv
                    .getMessager()
                    .printMessage(Diagnostic.Kind.ERROR, "cannot write " + Index.PATH + ": " + e.getMessage());
        }
    }
}
