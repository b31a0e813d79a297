package dev.athanor.jobs.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedColumnTest {
    private static final String OLD = "k1:" + base64(1, 32);
    private static final String NEW = "k2:" + base64(2, 32);

    private final EncryptedColumn phones = column(OLD);

    @ParameterizedTest
    @ValueSource(
            strings = {"", "+49 30 5550123", "Ω 🦊 \u0000", "a very long one: 0123456789012345678901234567890123456789"
            })
    void comesBackAsItWas(String text) {
        String stored = phones.encrypt("7", text);
        assertThat(stored).matches("v1:k1:[A-Za-z0-9+/]+=*");
        assertThat(phones.decrypt("7", stored)).isEqualTo(text);
    }

    @Test
    void looksDifferentEveryTime() {
        Set<String> seen = new HashSet<>();
        Set<String> nonces = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String stored = phones.encrypt("7", "the same");
            seen.add(stored);
            nonces.add(stored.substring("v1:k1:".length(), "v1:k1:".length() + 16));
        }
        assertThat(seen).hasSize(10_000);
        assertThat(nonces).hasSize(10_000);
    }

    @Test
    void isBoundToItsPlace() {
        String stored = phones.encrypt("7", "+49 30 5550123");
        assertDecryptionFails(() -> phones.decrypt("8", stored));
        assertDecryptionFails(() ->
                EncryptedColumn.of(DataKeys.parse("KEYS", OLD), "users", "fax").decrypt("7", stored));
        assertDecryptionFails(() -> EncryptedColumn.of(DataKeys.parse("KEYS", OLD), "agents", "phone")
                .decrypt("7", stored));
        assertDecryptionFails(() -> EncryptedColumn.of(DataKeys.parse("KEYS", OLD), "usersp", "hone")
                .decrypt("7", stored));
        assertDecryptionFails(() -> column("k1:" + base64(3, 32)).decrypt("7", stored));
        assertDecryptionFails(
                () -> column("k9:" + base64(1, 32) + "," + OLD).decrypt("7", stored.replace("v1:k1", "v1:k9")));
        assertDecryptionFails(() -> column(NEW).decrypt("7", stored));
    }

    @Test
    void noticesEveryChangedBit() {
        String stored = phones.encrypt("7", "+49");
        byte[] bytes = Base64.getDecoder().decode(stored.substring("v1:k1:".length()));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertDecryptionFails(
                    () -> phones.decrypt("7", "v1:k1:" + Base64.getEncoder().encodeToString(changed)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+49 30 5550123", "v1:k1", "v1:k1:", "v1:k1:AAAA", "v2:k1:AAAA", "v1:k1:=", "v1::AAAA"})
    void refusesWhatIsNoValue(String value) {
        assertDecryptionFails(() -> phones.decrypt("7", value));
    }

    @Test
    void readsOlderKeysAndWritesTheNewest() {
        String old = phones.encrypt("7", "+49");
        EncryptedColumn both = column(NEW + " , " + OLD);
        assertThat(both.decrypt("7", old)).isEqualTo("+49");
        assertThat(both.encrypt("7", "+49")).startsWith("v1:k2:");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void saysThatThereIsNoKey(@Nullable String text) {
        assertThatThrownBy(() -> DataKeys.parse("KEYS", text))
                .isInstanceOfSatisfying(AthanorException.class, refused -> {
                    assertThat(refused.kind()).isEqualTo(FailureKind.USAGE);
                    assertThat(refused.code()).isEqualTo("encryption_key_missing");
                    assertThat(refused).hasMessageContaining("KEYS");
                });
        assertThatThrownBy(() -> DataKeys.fromEnvironment("ATHANOR_NO_SUCH_VARIABLE"))
                .hasMessageContaining("ATHANOR_NO_SUCH_VARIABLE is not set");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U=",
                "k1:c2VjcmV0",
                "k1:c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U=",
                "k1:secret!secret",
                "k 1:c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U=",
                "k1:c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U=,",
                "k1:c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U=,k1:c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U="
            })
    void refusesKeysThatAreNoneAndShowsNothingOfThem(String text) {
        assertThatThrownBy(() -> DataKeys.parse("KEYS", text))
                .isInstanceOfSatisfying(AthanorException.class, refused -> {
                    assertThat(refused.code()).isEqualTo("encryption_key_malformed");
                    assertThat(refused.getMessage() + refused.hint() + refused.getCause())
                            .contains("KEYS")
                            .doesNotContain("c2Vj", "secret");
                });
    }

    private static EncryptedColumn column(String keys) {
        return EncryptedColumn.of(DataKeys.parse("KEYS", keys), "users", "phone");
    }

    private static String base64(int seed, int length) {
        byte[] bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) seed);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static void assertDecryptionFails(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        AthanorException.class,
                        failed -> assertThat(failed.code()).isEqualTo("decryption_failed"));
    }
}
