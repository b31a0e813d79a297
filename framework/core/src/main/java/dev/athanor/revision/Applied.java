package dev.athanor.revision;

import java.util.BitSet;
import java.util.List;

/**
 * What a database has, as places in a graph.
 *
 * @param tips those that were named, or on which no other applied revision stands; in the order given
 * @param revisions all that is applied
 */
record Applied(List<Integer> tips, BitSet revisions) {}
