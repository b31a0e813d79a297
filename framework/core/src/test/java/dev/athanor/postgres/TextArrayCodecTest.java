package dev.athanor.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.postgres.TextArrayCodec.TextArray;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.r2dbc.postgresql.codec.PostgresqlObjectId;
import io.r2dbc.postgresql.message.Format;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TextArrayCodecTest {
    private final TextArrayCodec codec = new TextArrayCodec(UnpooledByteBufAllocator.DEFAULT);

    private @Nullable String[] read(PostgresqlObjectId type, ByteBuf buffer) {
        assertThat(codec.canDecode(type.getObjectId(), Format.FORMAT_BINARY, TextArray.class))
                .isTrue();
        TextArray array = codec.decode(buffer, type.getObjectId(), Format.FORMAT_BINARY, TextArray.class);
        assertThat(array).isNotNull();
        assertThat(buffer.isReadable()).isFalse();
        return array.elements();
    }

    private static ByteBuf array(int elements) {
        return Unpooled.buffer()
                .writeInt(1)
                .writeInt(0)
                .writeInt(0)
                .writeInt(elements)
                .writeInt(1);
    }

    @Test
    void texts_come_back_as_they_were_bound() {
        for (@Nullable
        String[] elements :
                new @Nullable String[][] {{}, {"a"}, {null}, {"", null, "é", "日本", "\uD83D\uDE00 \\ \" {},", null}}) {
            ByteBuf written = codec.encoded(elements);
            assertThat(read(PostgresqlObjectId.TEXT_ARRAY, written)).isEqualTo(elements);
        }
    }

    @Test
    void whole_numbers_are_written_out() {
        assertThat(read(
                        PostgresqlObjectId.INT2_ARRAY,
                        array(3).writeInt(2)
                                .writeShort(Short.MIN_VALUE)
                                .writeInt(-1)
                                .writeInt(2)
                                .writeShort(Short.MAX_VALUE)))
                .containsExactly("-32768", null, "32767");
        assertThat(read(
                        PostgresqlObjectId.INT4_ARRAY,
                        array(2).writeInt(4)
                                .writeInt(Integer.MIN_VALUE)
                                .writeInt(4)
                                .writeInt(Integer.MAX_VALUE)))
                .containsExactly("-2147483648", "2147483647");
        assertThat(read(
                        PostgresqlObjectId.INT8_ARRAY,
                        array(2).writeInt(8)
                                .writeLong(Long.MIN_VALUE)
                                .writeInt(8)
                                .writeLong(Long.MAX_VALUE)))
                .containsExactly("-9223372036854775808", "9223372036854775807");
    }

    @Test
    void dates_and_times_are_hex_digits() {
        assertThat(read(
                        PostgresqlObjectId.DATE_ARRAY,
                        array(2).writeInt(4).writeInt(-1).writeInt(4).writeInt(Integer.MAX_VALUE)))
                .containsExactly("ffffffff", "7fffffff");
        assertThat(read(
                        PostgresqlObjectId.TIMESTAMPTZ_ARRAY,
                        array(2).writeInt(8)
                                .writeLong(Long.MIN_VALUE)
                                .writeInt(8)
                                .writeLong(255)))
                .containsExactly("8000000000000000", "00000000000000ff");
        assertThat(read(PostgresqlObjectId.TIMESTAMP_ARRAY, array(1).writeInt(8).writeLong(Long.MAX_VALUE)))
                .containsExactly("7fffffffffffffff");
    }

    @Test
    void other_arrays_are_not_read() {
        assertThat(codec.canDecode(
                        PostgresqlObjectId.FLOAT8_ARRAY.getObjectId(), Format.FORMAT_BINARY, TextArray.class))
                .isFalse();
        assertThat(codec.canDecode(PostgresqlObjectId.TEXT_ARRAY.getObjectId(), Format.FORMAT_TEXT, TextArray.class))
                .isFalse();
        assertThat(codec.canDecode(PostgresqlObjectId.TEXT_ARRAY.getObjectId(), Format.FORMAT_BINARY, String[].class))
                .isFalse();
        assertThatThrownBy(() -> read(
                        PostgresqlObjectId.TEXT_ARRAY,
                        Unpooled.buffer().writeInt(2).writeLong(0)))
                .hasMessageContaining("2 dimensions");
    }
}
