package dev.athanor.revision;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The graph is not sound, or a question to it has no answer. Of kind {@link FailureKind#GRAPH}; the {@linkplain #code()
 * code} is one of {@code multiple_heads}, {@code unknown_revision}, {@code unknown_branch}, {@code ambiguous_revision},
 * {@code not_in_branch}, {@code relative_out_of_range}, {@code ambiguous_relative}, {@code not_an_ancestor},
 * {@code overlaps}, {@code range_not_allowed}, {@code range_required}, {@code bad_range}, {@code not_a_head},
 * {@code duplicate_argument}, {@code not_at_heads}, and of an unsound graph {@code self_reference},
 * {@code dependency_self_reference}, {@code illegal_id}, {@code duplicate_id}, {@code label_conflict},
 * {@code unresolved_reference}, {@code cycle}, {@code dependency_cycle}.
 */
public final class GraphException extends AthanorException {
    private static final long serialVersionUID = 1L;

    private final transient List<GraphFault> faults;

    private GraphException(String message, String hint, List<GraphFault> faults) {
        super(FailureKind.GRAPH, faults.get(0).code(), message, hint);
        this.faults = List.copyOf(faults);
    }

    static GraphException of(GraphCode code, String message, String hint, List<String> revisions) {
        return new GraphException(message, hint, List.of(new GraphFault(code.key(), message, hint, revisions)));
    }

    /** All faults of a graph in one; the first kind of fault gives the code. */
    static GraphException of(List<GraphFault> found) {
        List<GraphFault> faults = found.stream()
                .sorted(Comparator.comparing(fault -> GraphCode.of(fault.code())))
                .toList();
        String messages = faults.stream().map(GraphFault::message).collect(Collectors.joining("\n"));
        String hints = faults.stream().map(GraphFault::hint).distinct().collect(Collectors.joining(" "));
        return new GraphException(messages, hints, faults);
    }

    /** The same with more lines behind the message, such as where the revisions stand. */
    public GraphException with(List<String> lines) {
        String more = lines.stream().map(line -> "\n  " + line).collect(Collectors.joining());
        return new GraphException(getMessage() + more, hint(), faults);
    }

    /** Everything that is wrong: one fault for a question without an answer, all that were found for a graph. */
    public List<GraphFault> faults() {
        return faults;
    }

    /** Ids of the revisions involved, each once. */
    public List<String> revisions() {
        return faults.stream()
                .flatMap(fault -> fault.revisions().stream())
                .distinct()
                .toList();
    }
}
