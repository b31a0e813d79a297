package dev.athanor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The command's words and exit codes, as far as they need no database. */
final class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void listsTheScenarios() {
        assertThat(run("list")).isZero();
        assertThat(out.toString()).contains("01-rename-column", "12-naive-way");
    }

    @Test
    void anUnknownScenarioIsWrongUsage() {
        assertThat(run("99")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no scenario '99'");
    }

    @Test
    void aServerThatIsNotThereIsTold() {
        assertThat(run("01", "--url", "postgresql://nobody@127.0.0.1:1/none")).isEqualTo(2);
        assertThat(err.toString()).contains("error:", "hint:");
    }

    @Test
    void aTableWithoutRowsIsWrongUsage() {
        assertThat(run("01", "--rows", "0")).isEqualTo(2);
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
