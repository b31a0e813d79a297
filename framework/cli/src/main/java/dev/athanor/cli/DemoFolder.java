package dev.athanor.cli;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.jobs.supportdesk.SupportDesk;
import dev.athanor.source.RevisionFolder;
import dev.athanor.source.Revisions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The demo's revisions and settings, as files to look at and to go on with. */
record DemoFolder(Path folder) {

    Path settings() {
        return folder.resolve("athanor.yaml");
    }

    Path migrations() {
        return folder.resolve("migrations");
    }

    Revisions write(String database) {
        try {
            Files.createDirectories(migrations());
            SupportDesk.writeMigrations(migrations());
            Files.writeString(
                    settings(),
                    "# The support desk of the demo, on the embedded server.\nembedded: " + database
                            + "\nmigrations: migrations\n");
        } catch (IOException e) {
            throw new AthanorException(
                    FailureKind.FAILED,
                    "demo_folder",
                    "The demo cannot write to " + folder + ": " + e.getMessage(),
                    "Run it in a folder that you may write to.",
                    e);
        }
        return RevisionFolder.read(List.of(migrations()));
    }
}
