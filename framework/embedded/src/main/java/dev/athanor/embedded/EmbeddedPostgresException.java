package dev.athanor.embedded;

import org.jspecify.annotations.Nullable;

/** The embedded server cannot be had: {@linkplain #getMessage() why}, and {@linkplain #hint() what to do}. */
public final class EmbeddedPostgresException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String hint;

    EmbeddedPostgresException(String code, String message, String hint) {
        this(code, message, hint, null);
    }

    EmbeddedPostgresException(String code, String message, String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.hint = hint;
    }

    /** Stable machine-readable name in lower snake case, such as {@code embedded_no_binaries}. */
    public String code() {
        return code;
    }

    /** The remedy, in one or two sentences. */
    public String hint() {
        return hint;
    }

    /** The cause and the object; names the server's log where there is one. Never holds a password. */
    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? code : message;
    }
}
