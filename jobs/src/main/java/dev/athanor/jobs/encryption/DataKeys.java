package dev.athanor.jobs.encryption;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keys of AES-256 by their ids. The first one encrypts; all of them decrypt, so that values of an older key stay readable
 * until they are encrypted anew. Immutable. What is in a key is never part of a message.
 */
public final class DataKeys {
    /** Of AES-256. */
    private static final int KEY_BYTES = 32;
    /** An id stands in clear in every value, so it is short and holds no colon. */
    private static final Pattern ENTRY = Pattern.compile("([A-Za-z0-9_-]{1,32}):(.*)");

    private final Map<String, SecretKey> keys;
    private final String current;

    private DataKeys(Map<String, SecretKey> keys, String current) {
        this.keys = keys;
        this.current = current;
    }

    /**
     * The keys in an environment variable: {@code ID:BASE64}, or several of these with commas between them, the newest
     * first. A key is 32 bytes in base64, such as {@code openssl rand -base64 32} prints.
     *
     * @throws AthanorException kind USAGE: {@code encryption_key_missing} when the variable is not set or empty, {@code
     *     encryption_key_malformed} when anything in it is not as it should be
     */
    public static DataKeys fromEnvironment(String variable) {
        return parse(variable, System.getenv(variable));
    }

    /**
     * As {@link #fromEnvironment}, of a text from elsewhere.
     *
     * @param name what messages call it
     * @throws AthanorException as {@link #fromEnvironment}
     */
    public static DataKeys parse(String name, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new AthanorException(
                    FailureKind.USAGE,
                    "encryption_key_missing",
                    "There is no encryption key: " + name + " is not set",
                    "export " + name + "=\"k1:$(openssl rand -base64 32)\", and keep a copy where it cannot be lost.");
        }
        Map<String, SecretKey> keys = new LinkedHashMap<>();
        String[] entries = text.strip().split("\\s*,\\s*", -1);
        for (int i = 0; i < entries.length; i++) {
            Matcher entry = ENTRY.matcher(entries[i]);
            if (!entry.matches()) {
                throw malformed(name, "key " + (i + 1) + " of it is not of the form ID:BASE64");
            }
            String id = entry.group(1);
            if (keys.put(id, key(name, id, entry.group(2))) != null) {
                throw malformed(name, "two keys have the id '" + id + "'");
            }
        }
        return new DataKeys(keys, keys.keySet().iterator().next());
    }

    /** Id of the key that encrypts. */
    public String currentId() {
        return current;
    }

    SecretKey current() {
        return find(current).orElseThrow();
    }

    Optional<SecretKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    private static SecretKey key(String name, String id, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // its message would show a part of the key
            throw malformed(name, "the key '" + id + "' is not base64");
        }
        if (bytes.length != KEY_BYTES) {
            throw malformed(
                    name, "the key '" + id + "' has " + bytes.length + " bytes, and " + KEY_BYTES + " are needed");
        }
        SecretKey key = new SecretKeySpec(bytes, "AES");
        Arrays.fill(bytes, (byte) 0);
        return key;
    }

    private static AthanorException malformed(String name, String what) {
        return new AthanorException(
                FailureKind.USAGE,
                "encryption_key_malformed",
                "The encryption keys in " + name + " cannot be used: " + what,
                "export " + name + "=\"k1:$(openssl rand -base64 32)\"");
    }
}
