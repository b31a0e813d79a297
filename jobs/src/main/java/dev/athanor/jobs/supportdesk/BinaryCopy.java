package dev.athanor.jobs.supportdesk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Streams rows into a table by {@code COPY … (FORMAT binary, FREEZE)}; the table must have been made or truncated in
 * the same transaction. Holds one buffer of fixed size. Closing before {@link #finish} cancels.
 */
final class BinaryCopy implements AutoCloseable {
    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    /** Sent when a row ends above this mark; one row may be as large again. */
    private static final int FLUSH_BYTES = 64 * 1024;
    /** Binary timestamps count from 2000-01-01. */
    private static final long POSTGRES_EPOCH_MICROS = 946_684_800_000_000L;

    private static final int NULL = -1;

    private final CopyIn copy;
    private final int columns;
    private final ByteBuffer buffer = ByteBuffer.allocate(2 * FLUSH_BYTES);
    private int textStart;

    BinaryCopy(Connection connection, String table, String... columns) throws SQLException {
        this.columns = columns.length;
        this.copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY %s (%s) FROM STDIN (FORMAT binary, FREEZE)".formatted(table, String.join(", ", columns)));
        buffer.put(SIGNATURE).putInt(0).putInt(0);
    }

    BinaryCopy row() throws SQLException {
        if (buffer.position() > FLUSH_BYTES) {
            send();
        }
        buffer.putShort((short) columns);
        return this;
    }

    BinaryCopy bigint(long value) {
        buffer.putInt(Long.BYTES).putLong(value);
        return this;
    }

    BinaryCopy smallint(int value) {
        buffer.putInt(Short.BYTES).putShort((short) value);
        return this;
    }

    BinaryCopy truth(boolean value) {
        buffer.putInt(1).put((byte) (value ? 1 : 0));
        return this;
    }

    /** @param epochMicros microseconds since 1970 */
    BinaryCopy timestamp(long epochMicros) {
        return bigint(epochMicros - POSTGRES_EPOCH_MICROS);
    }

    BinaryCopy nothing() {
        buffer.putInt(NULL);
        return this;
    }

    BinaryCopy text(byte[] utf8) {
        buffer.putInt(utf8.length).put(utf8);
        return this;
    }

    /** Begins a text value that is put together by {@link #append}. */
    BinaryCopy beginText() {
        buffer.putInt(0);
        textStart = buffer.position();
        return this;
    }

    BinaryCopy append(byte[] utf8) {
        buffer.put(utf8);
        return this;
    }

    BinaryCopy append(byte character) {
        buffer.put(character);
        return this;
    }

    /** Bytes of the text so far. */
    int textLength() {
        return buffer.position() - textStart;
    }

    BinaryCopy endText() {
        buffer.putInt(textStart - Integer.BYTES, textLength());
        return this;
    }

    void finish() throws SQLException {
        buffer.putShort((short) NULL);
        send();
        copy.endCopy();
    }

    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }

    private void send() throws SQLException {
        copy.writeToCopy(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
