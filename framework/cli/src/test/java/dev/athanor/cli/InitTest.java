package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import tools.jackson.databind.JsonNode;

/** New projects, and that they run as they are. */
class InitTest {
    @TempDir
    private Path folder;

    private List<String> files(Path below) {
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> below.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> !file.startsWith(".athanor"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void sqlHere() {
        Cli cli = new Cli(folder);
        assertThat(cli.run("init").endsWith(0).out().replace(File.separatorChar, '/'))
                .isEqualToNormalizingNewlines("""
                        New project:
                        athanor.yaml
                        migrations/first_greetings.sql

                        Next:
                          athanor upgrade head --embedded
                        """);
        assertThat(files(folder)).containsExactly("athanor.yaml", "migrations/first_greetings.sql");
        runsUpAndDown(cli, "first", "--embedded");
        JsonNode second = cli.json("revision", "-m", "Second").endsWith(0).json();
        assertThat(second.path("revises")).hasToString("[\"first\"]");
        cli.run("upgrade", "head", "--embedded").endsWith(0);
    }

    private static void runsUpAndDown(Cli cli, String head, String... place) {
        JsonNode upgrade = cli.json(all(place, "upgrade", "head")).endsWith(0).json();
        assertThat(upgrade.path("heads_after")).hasToString("[\"" + head + "\"]");
        assertThat(upgrade.path("backfills").get(0).path("rows_changed").intValue())
                .isEqualTo(1000);
        cli.run(all(place, "downgrade", "base", "--yes")).endsWith(0);
        assertThat(cli.run(all(place, "current")).endsWith(0).out()).doesNotContain(head);
    }

    private static String[] all(String[] place, String... command) {
        return Stream.concat(Stream.of(command), Stream.of(place)).toArray(String[]::new);
    }

    @Test
    void severalDatabases() {
        Cli cli = new Cli(folder);
        JsonNode json = cli.json("init", "--template", "multidb").endsWith(0).json();
        assertThat(json.propertyNames()).containsExactly("success", "template", "folder", "files", "next");
        assertThat(json.path("template").stringValue()).isEqualTo("multidb");
        assertThat(json.path("files")).hasSize(3);
        runsUpAndDown(cli, "app_first", "--env", "app");
        runsUpAndDown(cli, "reporting_first", "--env", "reporting", "--embedded");
        assertThat(cli.run("upgrade", "head", "--all").endsWith(0).out()).contains("app", "reporting");
        JsonNode second = cli.json("revision", "-m", "Second", "--env", "reporting")
                .endsWith(0)
                .json();
        assertThat(second.path("file").stringValue()).startsWith("migrations/reporting/");
    }

    @Test
    void javaElsewhere() throws Exception {
        JsonNode json = new Cli(folder)
                .json("init", "new/shop", "--template=JAVA")
                .endsWith(0)
                .json();
        assertThat(json.path("folder").stringValue()).isEqualTo("new/shop");
        Path shop = folder.resolve("new/shop");
        assertThat(files(shop))
                .containsExactly(
                        "athanor.yaml",
                        "migrations/first_greetings.sql",
                        "pom.xml",
                        "src/main/java/migrations/UpperCaseLines.java");
        Document pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(shop.resolve("pom.xml").toFile());
        assertThat(pom.getElementsByTagName("athanor.version").item(0).getTextContent())
                .isNotBlank()
                .doesNotContain("@");
        Cli cli = new Cli(shop);
        cli.json("heads").endsWith(2).refusal().is("classpath_missing").advises("Compile");
        compile(shop, "src/main/java/migrations/UpperCaseLines.java");
        assertThat(cli.run("heads").endsWith(0).out()).contains("first -> upper (head)");
        runsUpAndDown(cli, "upper", "--embedded");
        JsonNode third = cli.json("revision", "-m", "Third it's \"\\u", "--java", "--rev-id", "third", "--set", "a=b")
                .endsWith(0)
                .json();
        assertThat(third.path("file").stringValue()).isEqualTo("src/main/java/migrations/ThirdItSU.java");
        compile(
                shop,
                "src/main/java/migrations/UpperCaseLines.java",
                third.path("file").stringValue());
        assertThat(cli.run("heads").endsWith(0).out())
                .isEqualToNormalizingNewlines("upper -> third (head), Third it's \"\\u\n");
        cli.json("revision", "-m", "Third, it's u", "--java")
                .endsWith(2)
                .refusal()
                .is("file_exists");
        assertThat(cli.run("revision", "-m", "Fourth").endsWith(0).out()).contains("revises third:\nmigrations/");
    }

    /** As the project's Maven does it. */
    private static void compile(Path project, String... sources) throws IOException {
        Path target = Files.createDirectories(project.resolve("target"));
        new Javac(project, System.getProperty("java.class.path"))
                .compile(sources)
                .endsWith(0);
        Path classes = project.resolve("classes");
        try (Stream<Path> compiled = Files.walk(classes)) {
            for (Path file : compiled.filter(Files::isRegularFile).toList()) {
                Path to = target.resolve("classes").resolve(classes.relativize(file));
                Files.createDirectories(to.getParent());
                Files.write(to, Files.readAllBytes(file));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "athanor.yaml",
                "migrations/first_greetings.sql",
                "migrations/mine.sql",
                "migrations/deep/mine.sql"
            })
    void overNothing(String file) {
        Cli cli = new Cli(folder).file(file, "url: [mine");
        Outcome.Refusal refusal = cli.json("init").endsWith(2).refusal().is("file_exists");
        assertThat(refusal.message().replace(File.separatorChar, '/')).contains("'" + file + "'");
        assertThat(files(folder)).containsExactly(file);
        assertThat(cli.run("init", ".").endsWith(2).paragraph()).contains("nothing was written");
    }

    @Test
    void everyFileThatIsInTheWayIsNamed() {
        Cli cli = new Cli(folder).file("new/pom.xml", "").file("new/athanor.yaml", "");
        cli.json("init", "new", "--template", "java").endsWith(2).refusal().says("athanor.yaml", "pom.xml", " are ");
        assertThat(files(folder)).containsExactly("new/athanor.yaml", "new/pom.xml");
    }

    @Test
    void whereNothingCanBeWritten() {
        Cli cli = new Cli(folder).file("file", "");
        cli.json("init", "file").endsWith(2).refusal().is("file_exists").says("file'");
        cli.json("init", "/proc/self/fdinfo").endsWith(2).refusal().is("file_not_written");
        assertThat(files(folder)).containsExactly("file");
    }

    @Test
    void unknownTemplates() {
        assertThat(new Cli(folder)
                        .run("init", "--template", "sqlite")
                        .endsWith(2)
                        .paragraph())
                .contains("sqlite", "sql, java, multidb", "athanor init --help");
        assertThat(files(folder)).isEmpty();
    }

    @Test
    void everySettingThatTheCommentsShowIsOne() throws IOException {
        Cli cli = new Cli(folder);
        cli.run("init", "--template", "java").endsWith(0);
        Path settings = folder.resolve("athanor.yaml");
        String text = Files.readString(settings).replaceAll("(?m)^# ((  )?[a-z-]+:( .*)?)$", "$1");
        Files.writeString(settings, text.replace("embedded: true\n", ""));
        assertThat(cli.run("config", "show", "--origin", "--set", "x=y")
                        .endsWith(0)
                        .out()
                        .lines())
                .filteredOn(line -> line.contains("athanor.yaml:"))
                .hasSize(11);
    }
}
