package dev.athanor.revision;

import java.util.List;

/**
 * One entry of a drawn listing. To print it, write the entry's first line of text behind {@code node}, further lines of text
 * behind {@code margin}, and then {@code links} as they are.
 *
 * @param entry the revision
 * @param node lanes with {@code *} where the revision is, without blanks at the end
 * @param margin the lanes that go on below the revision, as wide as {@code node}
 * @param links how the lanes go from this revision to the next one; none when they go straight down
 */
public record DrawnEntry(GraphEntry entry, String node, String margin, List<String> links) {
    public DrawnEntry {
        links = List.copyOf(links);
    }
}
