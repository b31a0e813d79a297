package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on the graph start fast: nothing heavy is loaded for them. */
class StartTest {
    private static final String[] HEAVY = {
        "org.springframework.",
        "com.zaxxer.hikari.",
        "io.r2dbc.",
        "io.netty.",
        "reactor.core.",
        "org.postgresql.",
        "io.micrometer.",
        "io.prometheus.",
        "com.sun.net.httpserver."
    };

    @TempDir
    private Path folder;

    @Test
    void loadsNothingHeavyForText() {
        check("text");
    }

    @Test
    void loadsNothingHeavyForJson() {
        check("json");
    }

    private void check(String form) {
        Outcome outcome = new Cli(folder)
                .withJvm("-Xlog:class+load=info:stderr:none")
                .file("migrations/a.sql", "-- athanor:revision a\n\n-- athanor:expand\nSELECT 1;\n")
                .run("history", "--output", form)
                .endsWith(0);
        assertThat(outcome.out()).contains("a");
        assertThat(outcome.err()).contains("dev.athanor.cli.HistoryCommand").doesNotContain(HEAVY);
    }
}
