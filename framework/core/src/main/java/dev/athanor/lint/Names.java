package dev.athanor.lint;

import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.Token;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/** Names that are too long, or that the search path completes: NM1, NM2. */
final class Names implements Rule {
    /** Bytes of a name that the server keeps: {@code NAMEDATALEN - 1}. */
    static final int LIMIT = 63;

    static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public void statement(Site site, Scope scope) {
        Set<String> tooLong = new LinkedHashSet<>();
        for (Token token : site.code()) {
            if (token.isName() && bytes(token.identifier()) > LIMIT) {
                tooLong.add(token.identifier());
            }
        }
        tooLong.forEach(name -> scope.report(
                site,
                Draft.of(
                        LintRule.NM1,
                        "The name " + QualifiedName.quote(name) + " has " + bytes(name)
                                + " bytes; the server keeps the first " + LIMIT + " and says so in a notice only.",
                        "-- a shorter name, such as " + QualifiedName.quote(Safe.name(name)))));
        unqualified(site, scope);
    }

    private static void unqualified(Site site, Scope scope) {
        Set<String> names = new LinkedHashSet<>();
        boolean temporary = site.statement() instanceof Statement.CreateTable create && create.temporary();
        if (!temporary) {
            site.locks().created().forEach(name -> add(name, names, scope));
        }
        site.tableLocks().forEach(lock -> add(lock.name(), names, scope));
        if (!names.isEmpty()) {
            scope.report(
                    site,
                    Draft.of(
                            LintRule.NM2,
                            "The search path of the session decides which table " + String.join(", ", names) + " is.",
                            "-- say the schema, such as "
                                    + new QualifiedName(
                                            "public", names.iterator().next())));
        }
    }

    private static void add(QualifiedName name, Set<String> names, Scope scope) {
        boolean catalog = name.name().startsWith("pg_");
        if (name.schema() == null && !catalog && !scope.history().table(name).temporary) {
            names.add(name.name());
        }
    }
}
