package dev.athanor.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.benchmark.drill.Drill;
import dev.athanor.benchmark.drill.Drills;
import dev.athanor.benchmark.subject.Subject;
import dev.athanor.benchmark.subject.Subject.Kind;
import dev.athanor.benchmark.subject.Subjects;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole of it on a small table: everything runs and does what it should. How fast it is says nothing here. */
class SmokeTest {
    @TempDir
    private Path folder;

    @Test
    void every_case_and_every_peer_does_its_work() throws IOException {
        StringWriter printed = new StringWriter();
        CommandLine command = Main.commandLine().setOut(new PrintWriter(printed, true));
        int exit = command.execute(
                "--rows",
                "10k",
                "--repeat",
                "1",
                "--jvm",
                "-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1",
                "--out",
                folder.resolve("out").toString(),
                "--directory",
                folder.toString());
        System.out.println(printed);
        assertThat(exit).as(printed.toString()).isZero();
        JsonNode volume = JsonMapper.shared()
                .readTree(Files.readString(folder.resolve("out/results.json")))
                .at("/run/volumes/0");
        List<String> measured = new ArrayList<>();
        for (JsonNode subject : volume.at("/subjects")) {
            assertThat(subject.at("/rounds").size()).as("%s", subject.at("/id")).isPositive();
            measured.add(subject.at("/id").asString());
        }
        assertThat(measured)
                .containsAll(Stream.of(Kind.values())
                        .flatMap(kind -> Subjects.of(kind).stream())
                        .map(Subject::id)
                        .toList());
        List<String> drills = new ArrayList<>();
        for (JsonNode drill : volume.at("/drills")) {
            assertThat(drill.at("/failure").isNull()).as("%s", drill).isTrue();
            assertThat(drill.at("/leftOut").isNull()).as("%s", drill).isTrue();
            drills.add(drill.at("/id").asString());
        }
        assertThat(drills)
                .containsExactlyElementsOf(Drills.ALL.stream()
                        .filter(Drill::isUsual)
                        .map(Drill::id)
                        .toList());
        assertThat(missed(volume, "offset-loop"))
                .as("every second page is never seen")
                .isEqualTo(5_000);
    }

    private static long missed(JsonNode volume, String id) {
        for (JsonNode subject : volume.at("/subjects")) {
            if (subject.at("/id").asString().equals(id)) {
                return subject.at("/rounds/0/missedRows").asLong();
            }
        }
        return -1;
    }
}
