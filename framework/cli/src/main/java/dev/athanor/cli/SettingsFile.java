package dev.athanor.cli;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.Nearest;
import dev.athanor.source.TemplateSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** {@code athanor.yaml}: checked as a whole, read as text only, so nothing in it can be run. */
final class SettingsFile {
    private static final Set<String> KEYS = new TreeSet<>(Set.of(
            "url",
            "embedded",
            "migrations",
            "classpath",
            "state-schema",
            "output",
            "set",
            "templates",
            "throttle",
            "locks",
            "lint",
            "lint-small-tables",
            "file-name",
            "java-folder",
            "java-package",
            "author"));
    private static final String ENVIRONMENTS = "environments";

    /** A file without settings. */
    static final SettingsFile NONE = new SettingsFile(Path.of("athanor.yaml"), Map.of(), Map.of());

    private final Path file;
    private final Map<String, Node> common;
    private final Map<String, Map<String, Node>> environments;
    private final String selected;
    private final Map<String, Node> own;

    private SettingsFile(Path file, Map<String, Node> common, Map<String, Map<String, Node>> environments) {
        this(file, common, environments, "", Map.of());
    }

    private SettingsFile(
            Path file,
            Map<String, Node> common,
            Map<String, Map<String, Node>> environments,
            String selected,
            Map<String, Node> own) {
        this.file = file;
        this.common = common;
        this.environments = environments;
        this.selected = selected;
        this.own = own;
    }

    /** The file of that name; when nobody has named it, it need not be there. */
    static SettingsFile find(Sourced<String> name) {
        Path file = Path.of(name.value());
        if (name.isDefault() && !Files.exists(file)) {
            return NONE;
        }
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return new Reading(file).read(new Yaml().compose(reader));
        } catch (NoSuchFileException e) {
            throw refused(file, List.of("does not exist"));
        } catch (IOException e) {
            throw refused(file, List.of("cannot be read: " + e.getMessage()));
        } catch (MarkedYAMLException e) {
            // its message would quote the line, which may hold a password
            throw refused(
                    file, List.of("line " + (e.getProblemMark().getLine() + 1) + ": is no YAML: " + e.getProblem()));
        } catch (YAMLException e) {
            String why = e.getCause() instanceof CharacterCodingException ? "it is not in UTF-8" : e.getMessage();
            throw refused(file, List.of("is no YAML: " + why));
        }
    }

    /** The same with the settings of a named environment over its own; refuses an unknown name; empty: none. */
    SettingsFile select(String name) {
        if (name.isEmpty()) {
            return this;
        }
        Map<String, Node> chosen = environments.get(name);
        if (chosen == null) {
            throw refused(
                    file,
                    List.of("has no environment '" + name + "'; it has: "
                            + (environments.isEmpty() ? "none" : String.join(", ", environments.keySet()))));
        }
        return new SettingsFile(file, common, environments, name, chosen);
    }

    @Nullable
    String text(String key) {
        return text(node(key));
    }

    private static @Nullable String text(@Nullable Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : null;
    }

    /** What the selected environment sets, else what stands at the top. */
    private @Nullable Node node(String key) {
        Node chosen = own.get(key);
        return chosen == null ? common.get(key) : chosen;
    }

    /** The databases that are named: by the selected environment, and at the top. */
    List<Sourced<Place>> places() {
        return List.of(place(own), place(common));
    }

    /** Whether the selected environment names a database itself. */
    boolean namesOwnDatabase() {
        return !Place.choose(List.of(place(own))).isDefault();
    }

    private Sourced<Place> place(Map<String, Node> layer) {
        Node url = layer.get("url");
        Node embedded = layer.get("embedded");
        Node said = url == null ? embedded : url;
        return new Sourced<>(
                new Place(text(url), text(embedded)), said == null ? Sourced.DEFAULT : origin(said, layer == own));
    }

    /** One text or a list of them. */
    List<String> texts(String key) {
        Node node = node(key);
        return node instanceof SequenceNode sequence
                ? sequence.getValue().stream()
                        .map(item -> ((ScalarNode) item).getValue())
                        .toList()
                : node instanceof ScalarNode scalar ? List.of(scalar.getValue()) : List.of();
    }

    /** Relative folders are meant from where the file is. */
    List<String> list(String key) {
        List<String> texts = texts(key);
        Path base = file.getParent();
        return base == null
                ? texts
                : texts.stream().map(text -> base.resolve(text).toString()).toList();
    }

    /** What stands at the top holds for every environment, which may add to it. */
    Map<String, Sourced<String>> map(String key) {
        Map<String, Sourced<String>> map = new LinkedHashMap<>();
        add(common.get(key), false, map);
        add(own.get(key), true, map);
        return map;
    }

    private void add(@Nullable Node node, boolean isOwn, Map<String, Sourced<String>> map) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                map.put(
                        ((ScalarNode) entry.getKeyNode()).getValue(),
                        new Sourced<>(
                                ((ScalarNode) entry.getValueNode()).getValue(), origin(entry.getValueNode(), isOwn)));
            }
        }
    }

    /** Names of the environments, in the file's order. */
    List<String> environments() {
        return List.copyOf(environments.keySet());
    }

    /** The URL of each environment that has one of its own: databases that copies may read. */
    Map<String, String> urls() {
        Map<String, String> urls = new LinkedHashMap<>();
        environments.forEach((name, layer) -> {
            String url = text(layer.get("url"));
            if (url != null) {
                urls.put(name, url);
            }
        });
        return urls;
    }

    /** Where a key that is set stands. */
    String origin(String key) {
        Node node = node(key);
        return node == null ? Sourced.DEFAULT : origin(node, own.containsKey(key));
    }

    private String origin(Node node, boolean isOwn) {
        return file + ":" + (node.getStartMark().getLine() + 1) + (isOwn ? ", environment " + selected : "");
    }

    /** Whether nothing is set in it; so it is without a file. */
    boolean isEmpty() {
        return common.isEmpty();
    }

    Path path() {
        return file;
    }

    private static AthanorException refused(Path file, List<String> faults) {
        return new AthanorException(
                FailureKind.USAGE,
                "invalid_settings_file",
                file + ": " + String.join("\n" + file + ": ", faults),
                "Mend the file, or name another one: --config FILE");
    }

    /** Reads and checks; all faults are told at once. */
    private static final class Reading {
        private final Path file;
        private final List<String> faults = new ArrayList<>();

        Reading(Path file) {
            this.file = file;
        }

        SettingsFile read(@Nullable Node root) {
            Map<String, Map<String, Node>> environments = new LinkedHashMap<>();
            Map<String, Node> values = root == null ? Map.of() : mapping(root, "the file", true);
            Node named = values.get(ENVIRONMENTS);
            if (named != null) {
                entries(named, ENVIRONMENTS)
                        .forEach((name, node) -> environments.put(name, mapping(node, name, false)));
            }
            if (!faults.isEmpty()) {
                throw refused(file, faults);
            }
            return new SettingsFile(file, values, environments);
        }

        private Map<String, Node> mapping(Node node, String what, boolean top) {
            Map<String, Node> found = entries(node, what);
            found.forEach((key, value) -> {
                if (KEYS.contains(key)) {
                    check(key, value);
                } else if (!top || !key.equals(ENVIRONMENTS)) {
                    faults.add("line " + line(value) + ": unknown setting '" + key + "'"
                            + Nearest.to(key, KEYS).stream()
                                    .findFirst()
                                    .map(nearest -> ", did you mean '" + nearest + "'?")
                                    .orElse("; known are " + String.join(", ", KEYS)));
                }
            });
            return found;
        }

        private void check(String key, Node value) {
            boolean good = switch (key) {
                case "set", "throttle", "locks" ->
                    value instanceof MappingNode mapping
                            && mapping.getValue().stream()
                                    .allMatch(entry -> entry.getKeyNode() instanceof ScalarNode
                                            && entry.getValueNode() instanceof ScalarNode);
                case "migrations", "classpath", "lint-small-tables" ->
                    value instanceof ScalarNode
                            || value instanceof SequenceNode sequence
                                    && sequence.getValue().stream().allMatch(ScalarNode.class::isInstance);
                case "java-package" -> value instanceof ScalarNode name && TemplateSettings.isPackage(name.getValue());
                default -> value instanceof ScalarNode;
            };
            if (!good) {
                faults.add("line " + line(value) + ": '" + key + "' must be "
                        + (List.of("set", "throttle", "locks").contains(key)
                                ? "a map of names to values"
                                : switch (key) {
                                    case "migrations" -> "a folder or a list of folders";
                                    case "lint-small-tables" -> "a table or a list of tables";
                                    case "classpath" -> "a folder or jar, or a list of them";
                                    case "java-package" -> "the name of a Java package";
                                    default -> "one value";
                                }));
            }
        }

        private Map<String, Node> entries(Node node, String what) {
            Map<String, Node> entries = new LinkedHashMap<>();
            if (node instanceof MappingNode mapping) {
                for (NodeTuple entry : mapping.getValue()) {
                    if (entry.getKeyNode() instanceof ScalarNode key
                            && entries.put(key.getValue(), entry.getValueNode()) != null) {
                        faults.add("line " + line(entry.getKeyNode()) + ": '" + key.getValue() + "' stands twice");
                    }
                }
            } else {
                faults.add("line " + line(node) + ": " + what + " must be a map of settings");
            }
            return entries;
        }

        private static int line(Node node) {
            return node.getStartMark().getLine() + 1;
        }
    }
}
