package dev.athanor.revision;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Draws a listing of revisions with a lane for each line of revisions, newest first: {@code *} is a revision, {@code |} a
 * lane that goes on, {@code |\} a merge that stands on two lines, {@code |/} a line that ends in another one, {@code |_|/} the
 * same across a lane between them. Only parents are drawn; what an entry depends on is for its text to say.
 */
public final class GraphDrawing {
    /** What each lane leads to, from left to right; between two entries no two lanes lead to the same. */
    private final List<String> lanes = new ArrayList<>();

    private final Set<String> listed = new HashSet<>();

    private GraphDrawing(List<GraphEntry> entries) {
        entries.forEach(entry -> listed.add(entry.id()));
    }

    /**
     * The entries in their order, each with its piece of the drawing.
     *
     * @param entries each before everything that it revises, as listings are; a parent that is not among them is not drawn
     */
    public static List<DrawnEntry> of(List<GraphEntry> entries) {
        GraphDrawing drawing = new GraphDrawing(entries);
        List<DrawnEntry> drawn = new ArrayList<>();
        for (int at = 0; at < entries.size(); at++) {
            drawn.add(drawing.draw(entries.get(at), at + 1 < entries.size() ? entries.get(at + 1) : null));
        }
        return List.copyOf(drawn);
    }

    private DrawnEntry draw(GraphEntry entry, @Nullable GraphEntry next) {
        int lane = laneOf(entry.id());
        List<String> parents =
                entry.parents().stream().distinct().filter(listed::contains).toList();
        String node = row(lane, '*');
        String margin = row(lane, parents.isEmpty() ? ' ' : '|');
        List<String> links = new ArrayList<>();
        if (parents.isEmpty()) {
            end(lane, next, links);
        } else {
            fork(lane, parents, links);
            join(parents, links);
        }
        return new DrawnEntry(entry, node, margin, links);
    }

    private int laneOf(String id) {
        int lane = lanes.indexOf(id);
        if (lane < 0) {
            lanes.add(id);
            return lanes.size() - 1;
        }
        return lane;
    }

    /** Straight lanes, with something else in one of them. */
    private String row(int lane, char other) {
        StringBuilder row = straight(lanes.size());
        row.setCharAt(2 * lane, other);
        return row.toString();
    }

    /** The lanes to the right of one that ends move to the left; a blank keeps a new line from looking like its end. */
    private void end(int lane, @Nullable GraphEntry next, List<String> links) {
        lanes.remove(lane);
        if (lane < lanes.size()) {
            links.add(moved(straight(lane), lane + 1, lanes.size() + 1, '/'));
        } else if (next != null && !lanes.contains(next.id())) {
            links.add(straight(lanes.size()).toString());
        }
    }

    /** A lane for each parent, side by side in their order. */
    private void fork(int lane, List<String> parents, List<String> links) {
        lanes.set(lane, parents.get(0));
        for (int parent = parents.size() - 1; parent > 0; parent--) {
            links.add(moved(straight(lane + 1), lane, lanes.size(), '\\'));
            lanes.add(lane + 1, parents.get(parent));
        }
    }

    /** Of two lanes that lead to the same parent, the right one ends in the left one. */
    private void join(List<String> parents, List<String> links) {
        for (String parent : parents) {
            int left = lanes.indexOf(parent);
            int right = lanes.lastIndexOf(parent);
            if (left < right) {
                StringBuilder row = straight(right);
                for (int crossed = left; crossed < right - 1; crossed++) {
                    row.setCharAt(2 * crossed + 1, '_');
                }
                links.add(moved(row, right, lanes.size(), '/'));
                lanes.remove(right);
            }
        }
    }

    private static StringBuilder straight(int count) {
        StringBuilder row = new StringBuilder("| ".repeat(count));
        row.setLength(Math.max(0, 2 * count - 1));
        return row;
    }

    /** Lets lanes move by one, to the left with {@code /}, to the right with a backslash. */
    private static String moved(StringBuilder row, int from, int to, char sign) {
        for (int lane = from; lane < to; lane++) {
            int place = sign == '/' ? 2 * lane - 1 : 2 * lane + 1;
            row.append(" ".repeat(place - row.length())).append(sign);
        }
        return row.toString();
    }
}
