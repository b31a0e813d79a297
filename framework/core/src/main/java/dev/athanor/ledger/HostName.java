package dev.athanor.ledger;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this host. */
final class HostName {
    /** Where Linux keeps it; read first, because a lookup can hang for seconds on a host that resolves nothing. */
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    static String find() {
        try {
            if (Files.isReadable(KERNEL)) {
                String name = Files.readString(KERNEL).strip();
                return name.isEmpty() ? "localhost" : name;
            }
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        } catch (IOException e) {
            return "localhost";
        }
    }
}
