package dev.athanor.benchmark.subject;

import dev.athanor.benchmark.subject.Subject.Kind;
import dev.athanor.benchmark.table.Scene;
import dev.athanor.revision.Phase;
import dev.athanor.source.JavaRevisions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All subjects, in the order in which they are measured. A new one is a line here. */
public final class Subjects {
    /** The case by which the speed of a backfill is judged. */
    public static final String BACKFILL = "backfill";
    /** Our best form for work on rows in the JVM. */
    public static final String TRANSFORM = "transform";
    /** Beside which the application must hardly feel anything. */
    public static final String HELD_BACK = "foreground-held-back";
    /** The one that is killed. */
    public static final String TO_BE_KILLED = "recovery-first";
    /** The one that goes on with it. */
    public static final String SUCCESSOR = "recovery-second";
    /** Property of a worker that holds the options of what is held back. */
    public static final String HELD_BACK_PROPERTY = "athanor.benchmark.held-back";
    /** Those options, unless others are given: small chunks, and a fraction of the rows a second that the server could do. */
    public static final String HELD_BACK_OPTIONS = "workers=1 chunk-size=100 max-rows-per-second=5000";

    /** Beginning of the ids of the grid of chunk sizes and workers. */
    static final String GRID = "chunk-";
    /** Its rows and columns. */
    private static final List<Integer> SIZES = List.of(1_000, 5_000, 20_000);

    private static final List<Integer> WORKERS = List.of(1, 2, 4);

    private static final Map<String, Subject> ALL = new LinkedHashMap<>();
    private static final Map<String, Subject> HIDDEN = new LinkedHashMap<>();

    static {
        Arrays.stream(Scene.values()).forEach(scene -> add(ALL, new OneStatement(scene)));
        cases().forEach(subject -> add(ALL, subject));
        peers().forEach(subject -> add(ALL, subject));
        add(HIDDEN, fill(HELD_BACK, "held back", System.getProperty(HELD_BACK_PROPERTY, HELD_BACK_OPTIONS)));
        add(HIDDEN, fill(TO_BE_KILLED, "to be killed", "workers=2 chunk-size=100 max-rows-per-second=2000"));
        add(
                HIDDEN,
                new AthanorUpgrade(
                        SUCCESSOR,
                        "goes on with it",
                        Scene.FILL,
                        Phase.BACKFILL,
                        true,
                        RevisionTexts.fill("workers=2 chunk-size=100 max-rows-per-second=2000")));
    }

    private Subjects() {}

    /** Those of a kind. */
    public static List<Subject> of(Kind kind) {
        return ALL.values().stream().filter(subject -> subject.kind() == kind).toList();
    }

    /** The reference of a scene. */
    public static Subject reference(Scene scene) {
        return get(scene.id("one-statement"));
    }

    /** The subject of this id, hidden ones included. */
    public static Subject get(String id) {
        Subject found = ALL.getOrDefault(id, HIDDEN.get(id));
        if (found == null) {
            throw new IllegalArgumentException("there is no subject '" + id + "'");
        }
        return found;
    }

    /** Id of a case of the grid of chunk sizes and workers. */
    public static String gridId(int chunk, int workers) {
        return GRID + chunk / 1_000 + "k-w" + workers;
    }

    /** Chunk sizes of the grid. */
    public static List<Integer> gridSizes() {
        return SIZES;
    }

    /** Workers of the grid. */
    public static List<Integer> gridWorkers() {
        return WORKERS;
    }

    private static Stream<Subject> cases() {
        List<Subject> cases = new ArrayList<>(List.of(
                fill(BACKFILL, "upgrade, 2 workers, adaptive size", "workers=2"),
                fill("backfill-w1", "upgrade, 1 worker, adaptive size", "workers=1"),
                fill("backfill-w4", "upgrade, 4 workers, adaptive size", "workers=4"),
                new AthanorEngine(),
                new AthanorUpgrade(
                        "backfill-verified",
                        "upgrade, 2 workers, adaptive size, verified",
                        Scene.FILL,
                        Phase.BACKFILL,
                        false,
                        RevisionTexts.fillAndVerify("workers=2"))));
        Stream.of(Scene.FILL_UUID, Scene.FILL_COMPOSITE, Scene.FILL_TRIGGER, Scene.FILL_INDEXED)
                .map(scene -> new AthanorUpgrade(
                        scene.id(BACKFILL),
                        "upgrade, 2 workers: " + scene.title(),
                        scene,
                        Phase.BACKFILL,
                        false,
                        RevisionTexts.fill("workers=2")))
                .forEach(cases::add);
        for (int size : SIZES) {
            for (int workers : WORKERS) {
                cases.add(fill(
                        gridId(size, workers),
                        "upgrade, chunks of " + size + ", workers: " + workers,
                        "workers=" + workers + " chunk-size=" + size));
            }
        }
        cases.add(transform(TRANSFORM, "transform in the JVM, cheap, 2 workers", 0));
        cases.add(transform("transform-costly", "transform in the JVM, 100 SHA-256 sums a row, 2 workers", 100));
        cases.addAll(otherWork());
        return cases.stream();
    }

    private static List<Subject> otherWork() {
        return List.of(
                new AthanorUpgrade(
                        "copy",
                        "copy to another table, 2 workers",
                        Scene.COPY,
                        Phase.BACKFILL,
                        false,
                        RevisionTexts.backfill("INSERT INTO tickets_copy SELECT * FROM tickets WHERE ${chunk}")),
                new AthanorUpgrade(
                        "purge",
                        "purge, 2 workers",
                        Scene.PURGE,
                        Phase.BACKFILL,
                        false,
                        RevisionTexts.backfill("DELETE FROM tickets WHERE ${chunk} AND agent_id % 2 = 0")),
                new AthanorUpgrade(
                        "index",
                        "concurrent index",
                        Scene.INDEX,
                        Phase.EXPAND,
                        false,
                        RevisionTexts.file("-- athanor:expand transaction=none\n"
                                + "CREATE INDEX CONCURRENTLY tickets_user ON tickets (user_id, created_at);\n")),
                new AthanorUpgrade(
                        "not-null",
                        "NOT NULL by a check",
                        Scene.NOT_NULL,
                        Phase.CONTRACT,
                        false,
                        RevisionTexts.file("-- athanor:operation set-not-null table=tickets column=channel\n")));
    }

    private static Stream<Subject> peers() {
        return Stream.of(
                new BareLoop(),
                new CommittingProcedure(),
                new LimitLoop(),
                new OffsetLoop(),
                new TouchBatches(),
                new SpringBatchPeer(SpringBatchPeer.Tuning.PLAIN),
                new SpringBatchPeer(SpringBatchPeer.Tuning.TUNED),
                new SpringBatchPeer(SpringBatchPeer.Tuning.ARRAYS),
                new FlywayPeer(false),
                new FlywayPeer(true),
                new LiquibasePeer(false),
                new LiquibasePeer(true));
    }

    private static AthanorUpgrade fill(String id, String title, String options) {
        return new AthanorUpgrade(id, title, Scene.FILL, Phase.BACKFILL, false, RevisionTexts.fill(options));
    }

    private static AthanorUpgrade transform(String id, String title, int digests) {
        return new AthanorUpgrade(
                id, title, Scene.FILL, Phase.BACKFILL, false, place -> JavaRevisions.of(new JvmTransform(digests)));
    }

    private static void add(Map<String, Subject> map, Subject subject) {
        if (map.put(subject.id(), subject) != null) {
            throw new IllegalStateException("two subjects are called " + subject.id());
        }
    }
}
