package dev.athanor;

import org.jspecify.annotations.Nullable;

/**
 * A failure as a user meets it: {@linkplain #getMessage() what happened to which object}, and {@linkplain #hint() what
 * to do next}. Subclasses carry the facts as fields; nobody needs to read the text.
 */
public class AthanorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;
    private final String code;
    private final String hint;

    /**
     * @param kind fixes the exit code
     * @param code stable machine-readable name in lower snake case, such as {@code connection_refused}
     * @param message the cause and the object, in one sentence or two, no trailing blank
     * @param hint the next command or remedy; may be empty when there is none
     */
    public AthanorException(FailureKind kind, String code, String message, String hint) {
        this(kind, code, message, hint, null);
    }

    /** As the shorter constructor, with the exception that caused this one. */
    public AthanorException(FailureKind kind, String code, String message, String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.code = code;
        this.hint = hint;
    }

    /** Why, as a class of reasons with its exit code. */
    public FailureKind kind() {
        return kind;
    }

    /** Stable machine-readable name of this failure, in lower snake case. */
    public String code() {
        return code;
    }

    /** The next command or the remedy; empty when there is none to give. */
    public String hint() {
        return hint;
    }

    /** The message as every exception here has one. */
    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? code : message;
    }
}
