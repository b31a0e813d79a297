package dev.athanor.jobs.supportdesk;

import dev.athanor.testkit.Jdbc;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sections of a revision file, run one after the other by plain JDBC; a backfill is one single chunk. */
record RevisionSections(List<String> kinds, List<String> texts) {
    private static final Pattern DIRECTIVE =
            Pattern.compile("^-- athanor:(expand|backfill|verify|contract|undo \\w+)(.*)$", Pattern.MULTILINE);

    static RevisionSections of(String revision) {
        String text = SupportDesk.migrations().stream()
                .filter(file -> file.name().startsWith(revision))
                .findFirst()
                .orElseThrow()
                .text();
        List<String> kinds = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        Matcher directive = DIRECTIVE.matcher(text);
        int end = -1;
        while (directive.find()) {
            if (end >= 0) {
                texts.add(text.substring(end, directive.start()));
            }
            kinds.add(directive.group(1));
            end = directive.end();
        }
        texts.add(text.substring(end));
        return new RevisionSections(kinds, texts);
    }

    void run(Jdbc jdbc, String kind) {
        sections(kind).forEach(text -> jdbc.execute(text.replace("${chunk}", "id > 0")));
    }

    /** Rows still wrong, one number for each verification in file order. */
    List<Long> verify(Jdbc jdbc) {
        return sections("verify").stream().map(jdbc::number).toList();
    }

    private List<String> sections(String kind) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            if (kinds.get(i).equals(kind)) {
                found.add(texts.get(i));
            }
        }
        return found;
    }
}
