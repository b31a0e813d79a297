package dev.athanor.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Main class of a child JVM that still needs its server while it ends, as a checkpoint does. */
final class PoliteHolder {
    private PoliteHolder() {}

    public static void main(String[] arguments) throws IOException {
        EmbeddedSettings settings = EmbeddedSettings.in(Path.of(arguments[0])).withShutdownGrace(Duration.ofMinutes(1));
        EmbeddedServer server = EmbeddedServer.open(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(server)));
        System.out.println("open " + server.processId());
        int end = System.in.read();
        System.out.println("read " + end);
    }

    private static void finish(EmbeddedServer server) {
        String url = "jdbc:postgresql://" + server.host() + ":" + server.port() + "/postgres";
        try (server;
                Connection connection = DriverManager.getConnection(url, server.user(), server.password());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT 42 FROM pg_sleep(0.5)")) {
            result.next();
            System.out.println("last words: " + result.getString(1));
        } catch (SQLException e) {
            System.out.println("too late: " + e.getMessage());
        }
    }
}
