package dev.athanor.postgres;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.r2dbc.postgresql.client.EncodedParameter;
import io.r2dbc.postgresql.codec.Codec;
import io.r2dbc.postgresql.codec.PostgresqlObjectId;
import io.r2dbc.postgresql.message.Format;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Binds {@code text[]} in binary: a length before each element, as in {@code array_recv} of the server. The driver's own
 * codec spells arrays as text, in which every element has to be quoted here and parsed there.
 */
final class TextArrayCodec implements Codec<TextArrayCodec.TextArray> {
    /** A class of its own: for {@code String[]} the driver finds its own codec first, whatever the order. */
    record TextArray(@Nullable String[] elements) {}

    private static final int NULL_ELEMENT = -1;
    private static final int DIMENSIONS = 1;
    private static final int FIRST_INDEX = 1;

    private final ByteBufAllocator allocator;

    TextArrayCodec(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    @Override
    public boolean canEncode(Object value) {
        return value instanceof TextArray;
    }

    @Override
    public EncodedParameter encode(Object value) {
        return encode(value, PostgresqlObjectId.TEXT_ARRAY.getObjectId());
    }

    @Override
    public EncodedParameter encode(Object value, int dataType) {
        return new EncodedParameter(
                Format.FORMAT_BINARY, dataType, Mono.fromSupplier(() -> encoded(((TextArray) value).elements())));
    }

    private ByteBuf encoded(@Nullable String[] elements) {
        int size = 5 * Integer.BYTES;
        boolean hasNull = false;
        for (String element : elements) {
            size += Integer.BYTES + (element == null ? 0 : ByteBufUtil.utf8Bytes(element));
            hasNull |= element == null;
        }
        ByteBuf buffer = allocator.buffer(size, size);
        buffer.writeInt(elements.length == 0 ? 0 : DIMENSIONS);
        buffer.writeInt(hasNull ? 1 : 0);
        buffer.writeInt(PostgresqlObjectId.TEXT.getObjectId());
        if (elements.length > 0) {
            buffer.writeInt(elements.length);
            buffer.writeInt(FIRST_INDEX);
        }
        for (String element : elements) {
            write(buffer, element);
        }
        return buffer;
    }

    private static void write(ByteBuf buffer, @Nullable String element) {
        if (element == null) {
            buffer.writeInt(NULL_ELEMENT);
            return;
        }
        int length = ByteBufUtil.utf8Bytes(element);
        buffer.writeInt(length);
        ByteBufUtil.reserveAndWriteUtf8(buffer, element, length);
    }

    @Override
    public boolean canEncodeNull(Class<?> type) {
        return false;
    }

    @Override
    public EncodedParameter encodeNull() {
        return new EncodedParameter(
                Format.FORMAT_BINARY, PostgresqlObjectId.TEXT_ARRAY.getObjectId(), EncodedParameter.NULL_VALUE);
    }

    /** What is read is left to the driver. */
    @Override
    public boolean canDecode(int dataType, Format format, Class<?> type) {
        return false;
    }

    @Override
    public @Nullable TextArray decode(
            @Nullable ByteBuf buffer, int dataType, Format format, Class<? extends TextArray> type) {
        throw new UnsupportedOperationException("arrays are read by the driver");
    }
}
