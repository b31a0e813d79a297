package dev.athanor.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * libpq's password file: lines of {@code host:port:database:user:password}, {@code *} matches anything, a backslash
 * escapes a colon or a backslash. As with libpq, a file that others may read counts as absent.
 */
record PasswordFile(Path path) {
    private static final Set<PosixFilePermission> FOREIGN = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    static PasswordFile of(Map<String, String> environment) {
        String file = environment.get("PGPASSFILE");
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        return new PasswordFile(file == null ? Path.of(home, ".pgpass") : Path.of(file));
    }

    /** The password of the first line that fits; null when there is none. */
    @Nullable
    String find(ConnectionUrl url) {
        for (String line : lines()) {
            List<String> fields = fields(line);
            if (fields.size() == 5
                    && matches(fields.get(0), url.host())
                    && matches(fields.get(1), Integer.toString(url.port()))
                    && matches(fields.get(2), url.database())
                    && matches(fields.get(3), url.user())) {
                return fields.get(4);
            }
        }
        return null;
    }

    private List<String> lines() {
        try {
            return Files.isRegularFile(path) && isPrivate() ? Files.readAllLines(path) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    private boolean isPrivate() throws IOException {
        try {
            return Files.getPosixFilePermissions(path).stream().noneMatch(FOREIGN::contains);
        } catch (UnsupportedOperationException e) {
            return true;
        }
    }

    private static boolean matches(String field, String value) {
        return field.equals("*") || field.equals(value);
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        if (line.isEmpty() || line.startsWith("#")) {
            return fields;
        }
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                field.append(line.charAt(++i));
            } else if (c == ':' && fields.size() < 4) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
