package dev.athanor.revision;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Follows the lanes of a drawing with the finger, knowing nothing but its characters. */
final class LaneWalk {
    private final List<DrawnEntry> drawn;

    LaneWalk(List<DrawnEntry> drawn) {
        this.drawn = drawn;
    }

    /** Ids of the entries to which the lanes lead down from an entry. */
    Set<String> from(int start) {
        Set<String> reached = new TreeSet<>();
        DrawnEntry entry = drawn.get(start);
        int lane = entry.node().indexOf('*');
        Set<Integer> places = new TreeSet<>();
        if (at(entry.margin(), lane) == '|') {
            places.add(lane);
        }
        for (int next = start; next < drawn.size() && !places.isEmpty(); next++) {
            if (next > start) {
                arrive(drawn.get(next), places, reached);
            }
            for (String row : drawn.get(next).links()) {
                places = below(row, places);
            }
        }
        if (!places.isEmpty()) {
            throw new IllegalStateException("a lane has no end: " + places);
        }
        return reached;
    }

    private static void arrive(DrawnEntry entry, Set<Integer> places, Set<String> reached) {
        for (int place : Set.copyOf(places)) {
            char sign = at(entry.node(), place);
            if (sign == '*') {
                reached.add(entry.entry().id());
                places.remove(place);
            } else if (sign != '|' || at(entry.margin(), place) != '|') {
                throw new IllegalStateException(
                        "a lane breaks off above " + entry.entry().id());
            }
        }
    }

    private static Set<Integer> below(String row, Set<Integer> places) {
        Set<Integer> below = new TreeSet<>();
        for (int place : places) {
            int before = below.size();
            if (at(row, place) == '|') {
                below.add(place);
            }
            if (at(row, place + 1) == '\\') {
                below.add(place + 2);
            }
            if (at(row, place - 1) == '/') {
                below.add(leftEnd(row, place - 2));
            }
            if (below.size() == before && !below.contains(place - 2)) {
                throw new IllegalStateException("a lane breaks off in " + row);
            }
        }
        return below;
    }

    private static int leftEnd(String row, int place) {
        int end = place;
        while (at(row, end) == '|' && at(row, end - 1) == '_') {
            end -= 2;
        }
        return end;
    }

    private static char at(String row, int place) {
        return place >= 0 && place < row.length() ? row.charAt(place) : ' ';
    }
}
