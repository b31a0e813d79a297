package dev.athanor.revision;

import static dev.athanor.revision.Suggestions.quote;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The answers to questions that have none: what is wrong, with ids as they are, and what to type next. */
final class GraphErrors {
    private static final String LIST = "List the revisions with: athanor history";
    /** How many ids a message names before it only counts them. */
    private static final int NAMED = 10;

    private GraphErrors() {}

    static GraphException multipleHeads(List<String> heads, String asked) {
        String branch = asked.contains("@") ? asked.substring(0, asked.indexOf('@') + 1) : "";
        return GraphException.of(
                GraphCode.MULTIPLE_HEADS,
                quote(asked) + " asks for one head, and there are " + heads.size() + ": " + list(heads),
                "Merge them with: athanor merge -m \"...\" " + String.join(" ", heads)
                        + ", or name one of them, or all with " + branch + "heads",
                heads);
    }

    static GraphException unknownRevision(String name, Collection<String> known) {
        String shortName = name.length() < 4 ? "A beginning must be of an id of at least four characters. " : "";
        return GraphException.of(
                GraphCode.UNKNOWN_REVISION,
                "no revision has the id, label or beginning " + quote(name),
                Suggestions.didYouMean(name, known) + shortName + LIST,
                List.of(name));
    }

    static GraphException unknownBranch(String label, Collection<String> known) {
        return GraphException.of(
                GraphCode.UNKNOWN_BRANCH,
                "there is no branch " + quote(label),
                Suggestions.didYouMean(label, known) + "List the branches with: athanor heads",
                List.of(label));
    }

    /** A revision that the database has and the folder has not. */
    static GraphException unknownApplied(String id, Collection<String> known) {
        return GraphException.of(
                GraphCode.UNKNOWN_REVISION,
                "the database knows revision " + quote(id) + ", and no file has it",
                Suggestions.didYouMean(id, known)
                        + "Bring its file back, or check --url and --migrations; what is applied shows: athanor current."
                        + " To forget it: athanor stamp --purge TARGET",
                List.of(id));
    }

    static GraphException ambiguousRevision(String start, List<String> matches) {
        return GraphException.of(
                GraphCode.AMBIGUOUS_REVISION,
                matches.size() + " revisions and labels begin with " + quote(start) + ": " + list(matches),
                "Write more characters of the one that is meant.",
                matches);
    }

    static GraphException notInBranch(String id, String branch) {
        return GraphException.of(
                GraphCode.NOT_IN_BRANCH,
                "revision " + quote(id) + " is not in branch " + quote(branch),
                "Leave out " + quote(branch + "@") + ", or see what the branch holds with: athanor history -r :"
                        + branch + "@heads",
                List.of(id));
    }

    static GraphException outOfRange(String target, String from) {
        return GraphException.of(
                GraphCode.RELATIVE_OUT_OF_RANGE,
                quote(target) + " goes further from " + from + " than there are revisions",
                LIST,
                List.of());
    }

    static GraphException ambiguousWalk(String target, String at, List<String> ways) {
        return GraphException.of(
                GraphCode.AMBIGUOUS_RELATIVE,
                quote(target) + " could go several ways from " + at + ": " + list(ways),
                "Name the revision itself, or the branch, as in: label@" + target.substring(target.indexOf('@') + 1),
                ways);
    }

    static GraphException ambiguousStart(String target, List<String> current) {
        return GraphException.of(
                GraphCode.AMBIGUOUS_RELATIVE,
                quote(target) + " could start from several current revisions: " + list(current),
                "Name the revision itself, or the branch, as in: label@" + target.substring(target.indexOf('@') + 1),
                current);
    }

    static GraphException overlaps(List<String> rows, List<String> implied) {
        return GraphException.of(
                GraphCode.OVERLAPS,
                list(implied) + " is named beside a revision that stands on it: " + list(rows),
                "Name only the revisions on which no other one stands.",
                implied);
    }

    static GraphException nothingToUndo(String target, List<String> current) {
        return GraphException.of(
                GraphCode.NOT_AN_ANCESTOR,
                quote(target) + " is not below the current revisions: " + (current.isEmpty() ? "none" : list(current)),
                "See what is applied with: athanor current",
                current);
    }

    static GraphException forksAbove(String target, String branch, List<String> forks) {
        return GraphException.of(
                GraphCode.NOT_AN_ANCESTOR,
                "the line forks above " + quote(target) + ", and no fork leads to " + quote(branch) + ": "
                        + list(forks),
                "Leave out the branch to undo all of them, or name another one.",
                forks);
    }

    static GraphException rangeNotAllowed(String target) {
        return GraphException.of(
                GraphCode.RANGE_NOT_ALLOWED,
                quote(target)
                        + " is a range, and only a printed script can begin elsewhere than at the database's revisions",
                "Print it with --sql, or name only the target.",
                List.of());
    }

    static GraphException badRange(String range) {
        return GraphException.of(
                GraphCode.BAD_RANGE,
                quote(range) + " is no range",
                "Write from:to, from: or :to, with anything that names a revision at the ends.",
                List.of());
    }

    static GraphException rangeRequired(String target) {
        return GraphException.of(
                GraphCode.RANGE_REQUIRED,
                "a script that undoes revisions must say where the database stands, and " + quote(target) + " does not",
                "Write from:to, as in: athanor downgrade heads:" + target + " --sql",
                List.of());
    }

    static GraphException notOnOneLine(String range, String lower, String upper) {
        return GraphException.of(
                GraphCode.NOT_AN_ANCESTOR,
                "in " + quote(range) + ", " + quote(upper) + " does not stand on " + quote(lower),
                LIST,
                List.of());
    }

    static GraphException illegalNewId(String id) {
        return GraphException.of(
                GraphCode.ILLEGAL_ID,
                quote(id) + " cannot be the id of a revision",
                "Use letters, digits, _ and ., and no word such as head or base: athanor revision --rev-id ID",
                List.of(id));
    }

    static GraphException illegalNewLabel(String label) {
        return GraphException.of(
                GraphCode.ILLEGAL_ID,
                "label " + quote(label) + " cannot be used in targets",
                "Use a label without blanks, commas, @ and : that is not head, heads, base, current or a step such as -1:"
                        + " athanor revision --branch-label LABEL",
                List.of());
    }

    static GraphException idTaken(GraphCode code, String id) {
        String cause = switch (code) {
            case SELF_REFERENCE -> ", and the new one would revise itself";
            case DEPENDENCY_SELF_REFERENCE -> ", and the new one would depend on itself";
            default -> "";
        };
        return GraphException.of(
                code,
                "there is a revision " + quote(id) + " already" + cause,
                "Choose another id with --rev-id, or leave it out; see the other one with: athanor show " + id,
                List.of(id));
    }

    static GraphException idIsLabel(String id, String owner) {
        return GraphException.of(
                GraphCode.LABEL_CONFLICT,
                quote(id) + " is a label of revision " + quote(owner) + ", so it cannot be the id of another one",
                "Choose another id with --rev-id, or leave it out.",
                List.of(owner));
    }

    static GraphException labelTaken(String label, String owner) {
        String what = owner.equals(label) ? " is also the id of a revision" : " is also on revision " + quote(owner);
        return GraphException.of(
                GraphCode.LABEL_CONFLICT,
                "label " + quote(label) + what,
                "Choose another one with --branch-label; to go on in the branch that is there: athanor revision --head "
                        + label + "@head",
                List.of(owner));
    }

    static GraphException duplicateArgument(String id, List<String> words) {
        return GraphException.of(
                GraphCode.DUPLICATE_ARGUMENT,
                "revision " + quote(id) + " is named twice: " + String.join(" ", words),
                "Name each revision once; list the heads with: athanor heads",
                List.of(id));
    }

    static GraphException notAHead(String id, List<String> heads) {
        return GraphException.of(
                GraphCode.NOT_A_HEAD,
                "revision " + quote(id) + " is no head: other revisions stand on it, up to " + list(heads),
                "Go on from a head: athanor revision --head " + heads.get(0)
                        + "; or begin a new branch there: athanor revision --head " + id + " --splice",
                List.of(id));
    }

    static GraphException dependsOnNothing(String word) {
        return GraphException.of(
                GraphCode.UNRESOLVED_REFERENCE,
                quote(word) + " names no revision, so nothing can depend on it",
                "Name a revision or a label with --depends-on. " + LIST,
                List.of());
    }

    static GraphException notAtHeads(List<String> pending, List<String> heads) {
        return GraphException.of(
                GraphCode.NOT_AT_HEADS,
                "the database is not at " + list(heads) + "; not applied: " + list(pending),
                "Apply them with: athanor upgrade heads",
                pending);
    }

    static GraphException unknownAtHeads(GraphException unknown) {
        return GraphException.of(
                GraphCode.NOT_AT_HEADS,
                "the database is not at the heads: " + unknown.getMessage(),
                unknown.hint(),
                unknown.revisions());
    }

    static String list(List<String> ids) {
        String named = ids.stream().limit(NAMED).map(Suggestions::quote).collect(Collectors.joining(", "));
        return ids.size() > NAMED ? named + " and " + (ids.size() - NAMED) + " more" : named;
    }
}
