package dev.athanor.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class OptionsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine command =
                Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }

    @Test
    void list_names_everything() {
        assertThat(run("--list")).isZero();
        assertThat(out.toString())
                .contains("backfill-uuid", "transform-costly", "spring-batch-tuned", "recovery", "jmh");
    }

    @Test
    void wrong_usage_measures_nothing() {
        assertThat(run("--cases", "backfil")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no 'backfil' among backfill,");
        assertThat(run("--rows", "some")).isEqualTo(2);
        assertThat(run("--repeat", "0")).isEqualTo(2);
        assertThat(run("--peers", "backfill")).isEqualTo(2);
        assertThat(run("--rows", "99999999999999999999")).isEqualTo(2);
        assertThat(run("--url", "postgresql://one,two/db")).isEqualTo(2);
    }
}
