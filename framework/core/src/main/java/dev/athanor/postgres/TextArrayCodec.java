package dev.athanor.postgres;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.r2dbc.postgresql.client.EncodedParameter;
import io.r2dbc.postgresql.codec.Codec;
import io.r2dbc.postgresql.codec.PostgresqlObjectId;
import io.r2dbc.postgresql.message.Format;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Binds and reads {@code text[]} in binary: a length before each element, as in {@code array_recv} and {@code array_send} of
 * the server. The driver's own codec binds arrays as text, in which every element has to be quoted here and parsed there,
 * and looks for a codec again for every element that it reads. Arrays of whole numbers are read as the server writes those as
 * text, arrays of dates and times as the hex digits of their binary form.
 */
final class TextArrayCodec implements Codec<TextArrayCodec.TextArray> {
    private static final HexFormat DIGITS = HexFormat.of();

    /** A class of its own: for {@code String[]} the driver finds its own codec first, whatever the order. */
    record TextArray(@Nullable String[] elements) {}

    /** Reads an element of so many bytes. */
    private interface Element {
        String text(ByteBuf values, int length);
    }

    private static final Map<Integer, Element> ELEMENTS = Map.of(
            PostgresqlObjectId.TEXT_ARRAY.getObjectId(),
                    (values, length) -> values.readCharSequence(length, StandardCharsets.UTF_8)
                            .toString(),
            PostgresqlObjectId.INT2_ARRAY.getObjectId(), (values, length) -> Short.toString(values.readShort()),
            PostgresqlObjectId.INT4_ARRAY.getObjectId(), (values, length) -> Integer.toString(values.readInt()),
            PostgresqlObjectId.INT8_ARRAY.getObjectId(), (values, length) -> Long.toString(values.readLong()),
            PostgresqlObjectId.DATE_ARRAY.getObjectId(), (values, length) -> DIGITS.toHexDigits(values.readInt()),
            PostgresqlObjectId.TIMESTAMP_ARRAY.getObjectId(), (values, length) -> DIGITS.toHexDigits(values.readLong()),
            PostgresqlObjectId.TIMESTAMPTZ_ARRAY.getObjectId(),
                    (values, length) -> DIGITS.toHexDigits(values.readLong()));

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

    ByteBuf encoded(@Nullable String[] elements) {
        int[] lengths = new int[elements.length];
        int size = 5 * Integer.BYTES;
        boolean hasNull = false;
        for (int i = 0; i < lengths.length; i++) {
            String element = elements[i];
            lengths[i] = element == null ? NULL_ELEMENT : ByteBufUtil.utf8Bytes(element);
            size += Integer.BYTES + Math.max(0, lengths[i]);
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
        for (int i = 0; i < lengths.length; i++) {
            buffer.writeInt(lengths[i]);
            String element = elements[i];
            if (element != null) {
                ByteBufUtil.reserveAndWriteUtf8(buffer, element, lengths[i]);
            }
        }
        return buffer;
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

    @Override
    public boolean canDecode(int dataType, Format format, Class<?> type) {
        return type == TextArray.class && format == Format.FORMAT_BINARY && ELEMENTS.containsKey(dataType);
    }

    @Override
    public @Nullable TextArray decode(
            @Nullable ByteBuf buffer, int dataType, Format format, Class<? extends TextArray> type) {
        if (buffer == null) {
            return null;
        }
        int dimensions = buffer.readInt();
        // whether there is a null, and the type of the elements
        buffer.skipBytes(2 * Integer.BYTES);
        if (dimensions == 0) {
            return new TextArray(new String[0]);
        }
        if (dimensions != DIMENSIONS) {
            throw new IllegalArgumentException("an array of " + dimensions + " dimensions, where one was expected");
        }
        @Nullable String[] elements = new String[buffer.readInt()];
        // the first index
        buffer.skipBytes(Integer.BYTES);
        Element read = Objects.requireNonNull(ELEMENTS.get(dataType));
        for (int i = 0; i < elements.length; i++) {
            int length = buffer.readInt();
            if (length != NULL_ELEMENT) {
                elements[i] = read.text(buffer, length);
            }
        }
        return new TextArray(elements);
    }
}
