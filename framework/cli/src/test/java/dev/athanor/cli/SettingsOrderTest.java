package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flag over environment over file over default; and what is wrong with a file. */
class SettingsOrderTest {
    @TempDir
    private Path folder;

    private Cli cli;

    @BeforeEach
    void fourFolders() {
        cli = new Cli(folder);
        for (String name : new String[] {"migrations", "file", "variable", "flag"}) {
            cli.file(name + "/r.sql", "-- athanor:revision from_" + name + "\n");
        }
    }

    private String heads(String... more) {
        String[] arguments = new String[more.length + 1];
        arguments[0] = "heads";
        System.arraycopy(more, 0, arguments, 1, more.length);
        return cli.run(arguments).endsWith(0).out();
    }

    /** Where a connection was tried: nothing listens on these ports. */
    private String target(String... more) {
        String[] arguments = new String[more.length + 1];
        arguments[0] = "current";
        System.arraycopy(more, 0, arguments, 1, more.length);
        return cli.run(arguments).endsWith(4).paragraph();
    }

    @Test
    void migrations() {
        assertThat(heads()).contains("from_migrations");
        cli.file("athanor.yaml", "migrations: file\n");
        assertThat(heads()).contains("from_file");
        cli.with("ATHANOR_MIGRATIONS", "variable");
        assertThat(heads()).contains("from_variable");
        assertThat(heads("--migrations", "flag")).contains("from_flag").doesNotContain("variable");
        assertThat(heads("--migrations", "flag", "--migrations", "file")).contains("from_flag", "from_file");
    }

    @Test
    void output() {
        cli.file("athanor.yaml", "output: json\n");
        assertThat(heads()).startsWith("{");
        cli.with("ATHANOR_OUTPUT", "text");
        assertThat(heads()).startsWith("<base>");
        assertThat(heads("--output", "json")).startsWith("{");
    }

    @Test
    void url() {
        cli.file("athanor.yaml", "url: postgresql://u@127.0.0.1:1/file\n");
        assertThat(target()).contains("'127.0.0.1:1'");
        cli.with("DATABASE_URL", "postgresql://u@127.0.0.1:2/general");
        assertThat(target()).contains("'127.0.0.1:2'");
        cli.with("ATHANOR_URL", "postgresql://u@127.0.0.1:3/variable");
        assertThat(target()).contains("'127.0.0.1:3'");
        assertThat(target("--url", "jdbc:postgresql://127.0.0.1:4/flag?user=u")).contains("'127.0.0.1:4'");
    }

    @Test
    void urlThatIsNearerThanEmbedded() {
        cli.file("athanor.yaml", "embedded: true\n");
        assertThat(target("--url", "postgresql://u@127.0.0.1:4/flag")).contains("'127.0.0.1:4'");
        cli.with("ATHANOR_URL", "postgresql://u@127.0.0.1:3/variable");
        assertThat(target()).contains("'127.0.0.1:3'");
        assertThat(folder.resolve(".athanor")).doesNotExist();
    }

    @Test
    void embeddedSwitchedOff() {
        cli.file("athanor.yaml", "embedded: true\nurl: postgresql://u@127.0.0.1:1/file\n")
                .with("ATHANOR_EMBEDDED", "no");
        assertThat(target()).contains("'127.0.0.1:1'");
    }

    @Test
    void environments() {
        cli.file("athanor.yaml", """
                url: postgresql://u@127.0.0.1:5/top
                migrations: file
                environments:
                  production:
                    url: postgresql://u@127.0.0.1:6/production
                """);
        assertThat(target()).contains("'127.0.0.1:5'");
        assertThat(target("--env", "production")).contains("'127.0.0.1:6'");
        assertThat(heads("--env=production")).contains("from_file");
        cli.with("ATHANOR_ENV", "prodution");
        assertThat(cli.run("heads").endsWith(2).paragraph()).contains("'prodution'", "production");
    }

    @Test
    void fileElsewhere() {
        cli.file("conf/athanor.yaml", "migrations: [../flag]\n");
        assertThat(heads("--config", "conf/athanor.yaml")).contains("from_flag");
        cli.with("ATHANOR_CONFIG", "nowhere.yaml");
        assertThat(cli.json("heads").endsWith(2).refusal().message()).contains("nowhere.yaml");
    }

    @Test
    void allFaultsOfAFileAtOnce() {
        cli.file("athanor.yaml", """
                ulr: postgresql://u@127.0.0.1:1/file
                output: [text]
                environments:
                  production:
                    migratons: file
                """);
        assertThat(cli.json("heads")
                        .endsWith(2)
                        .refusal()
                        .is("invalid_settings_file")
                        .message())
                .contains(
                        "line 1",
                        "'ulr'",
                        "did you mean 'url'",
                        "line 2",
                        "'output'",
                        "line 5",
                        "did you mean 'migrations'");
    }
}
