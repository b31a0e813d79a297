package dev.athanor.operation;

/** Types of columns that are used most, for {@link Operations#column}; any other is written as in SQL. */
public final class SqlTypes {
    /** 32 bits. */
    public static final String INTEGER = "integer";

    /** 64 bits. */
    public static final String BIGINT = "bigint";

    /** Any number, exactly. */
    public static final String NUMERIC = "numeric";

    /** A floating-point number of 64 bits. */
    public static final String DOUBLE_PRECISION = "double precision";

    /** True or false. */
    public static final String BOOLEAN = "boolean";

    /** Characters, as many as one likes. */
    public static final String TEXT = "text";

    /** Bytes. */
    public static final String BYTEA = "bytea";

    /** A day. */
    public static final String DATE = "date";

    /** A moment. */
    public static final String TIMESTAMPTZ = "timestamptz";

    /** A span of time. */
    public static final String INTERVAL = "interval";

    /** 128 bits that nobody else has. */
    public static final String UUID = "uuid";

    /** JSON that can be compared and indexed. */
    public static final String JSONB = "jsonb";

    private SqlTypes() {}
}
