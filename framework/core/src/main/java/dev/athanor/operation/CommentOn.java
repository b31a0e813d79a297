package dev.athanor.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code comment}: what people are told of a table, a column and so on.
 *
 * @param target what it is about
 * @param comment the text; empty: none
 * @param was the text so far, which is looked at before anything is changed; null: there is none
 */
record CommentOn(
        CommentTarget target, String comment, @Nullable String was) implements Operation {
    static CommentOn read(Arguments arguments) {
        String comment = arguments.textOrNull("comment");
        if (comment == null) {
            arguments.objection("found no 'comment', expected comment=\"what it says\"");
        }
        return new CommentOn(
                CommentTarget.read(arguments), comment == null ? "" : comment, arguments.textOrNull("was"));
    }

    @Override
    public String keyword() {
        return "comment";
    }

    @Override
    public List<Part> expand() {
        String known = was == null ? "NULL" : Names.literal(was);
        return List.of(
                Guard.refuse(
                        target.found() + " IS DISTINCT FROM " + known,
                        "the comment on " + target.sql().replace("$${", "${") + " is not the one that undo would"
                                + " bring back: say was=\"…\" with the comment so far"),
                set(comment));
    }

    @Override
    public List<Part> undoExpand() {
        return List.of(set(was));
    }

    private Part set(@Nullable String text) {
        String value = text == null || text.isEmpty() ? "NULL" : Names.literal(text);
        return Part.schema("COMMENT ON " + target.sql() + " IS " + value + ";");
    }
}
