package dev.athanor.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** Main class of a child JVM: opens a server, says so, and holds it until a line comes on its standard input. */
final class ServerHolder {
    private ServerHolder() {}

    public static void main(String[] arguments) throws IOException {
        EmbeddedSettings settings =
                arguments.length == 0 ? EmbeddedSettings.throwAway() : EmbeddedSettings.in(Path.of(arguments[0]));
        try (EmbeddedServer server = EmbeddedServer.open(settings)) {
            System.out.println("open " + server.processId() + " " + settings.directory());
            int read = System.in.read();
            System.out.println("read " + read);
        }
        System.out.println("closed");
    }
}
