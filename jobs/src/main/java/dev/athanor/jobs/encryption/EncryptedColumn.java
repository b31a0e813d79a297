package dev.athanor.jobs.encryption;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The texts of one column, encrypted by AES-256-GCM. A value is {@code v1:KEY:BASE64}, where the base64 holds a nonce, the
 * ciphertext and its tag. The names of table and column and the key of the row are bound to it: in any other place it
 * does not decrypt, so nobody who may write the table can pass one customer's value off as another's.
 *
 * <p>Every value has a random nonce of 96 bits, so the same text looks different in every row and cannot be searched or
 * compared in the database. NIST SP 800-38D (section 8.3) allows 2<sup>32</sup> values with random nonces under one key:
 * take a new key before that, see {@link DataKeys}. May be used from any thread.
 */
public final class EncryptedColumn {
    private static final String VERSION = "v1";
    private static final Pattern FORM = Pattern.compile("v1:([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]+={0,2})");
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final DataKeys keys;
    private final String table;
    private final String column;

    private EncryptedColumn(DataKeys keys, String table, String column) {
        this.keys = keys;
        this.table = table;
        this.column = column;
    }

    /**
     * The encrypted values of this column.
     *
     * @param table its name when the first value was encrypted; renaming the table later must not change it here
     * @param column the same of the column
     */
    public static EncryptedColumn of(DataKeys keys, String table, String column) {
        return new EncryptedColumn(keys, table, column);
    }

    /**
     * Encrypts a text by the newest key.
     *
     * @param rowKey the primary key of its row as text
     * @return another value every time
     */
    public String encrypt(String rowKey, String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        String id = keys.currentId();
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keys.current(), nonce);
            cipher.updateAAD(place(id, rowKey));
            byte[] sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] all = ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return VERSION + ":" + id + ":" + Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot encrypt by AES-GCM", e);
        }
    }

    /**
     * Decrypts a value.
     *
     * @param rowKey the primary key of the row that it was read from, as text
     * @throws AthanorException kind FAILED, code {@code decryption_failed}, when it is no such value, when its key is not
     *     among the keys, or when it was changed or comes from another row, column or table
     */
    public String decrypt(String rowKey, String value) {
        Matcher form = FORM.matcher(value);
        if (!form.matches()) {
            throw failed(rowKey, "it is not of the form v1:KEY:BASE64");
        }
        String id = form.group(1);
        SecretKey key = keys.find(id).orElseThrow(() -> failed(rowKey, "there is no key '" + id + "' here"));
        try {
            byte[] all = Base64.getDecoder().decode(form.group(2));
            if (all.length < NONCE_BYTES + TAG_BITS / 8) {
                throw failed(rowKey, "it is too short");
            }
            ByteBuffer bytes = ByteBuffer.wrap(all);
            byte[] nonce = new byte[NONCE_BYTES];
            bytes.get(nonce);
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce);
            cipher.updateAAD(place(id, rowKey));
            return new String(cipher.doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw failed(rowKey, "it was changed, it belongs to another place, or its key is another one");
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    /** Where a value belongs. Each part has its length before it, so that no two places are written alike. */
    private byte[] place(String keyId, String rowKey) {
        ByteArrayOutputStream place = new ByteArrayOutputStream();
        for (String part : List.of(VERSION, keyId, table, column, rowKey)) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            place.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            place.writeBytes(bytes);
        }
        return place.toByteArray();
    }

    private AthanorException failed(String rowKey, String why) {
        return new AthanorException(
                FailureKind.FAILED,
                "decryption_failed",
                "The value of \"" + column + "\" in row " + rowKey + " of \"" + table + "\" cannot be decrypted: "
                        + why,
                "Give all keys that the column was ever encrypted by.");
    }
}
