package dev.athanor.benchmark.report;

import dev.athanor.benchmark.result.Noise;
import dev.athanor.benchmark.result.Results;
import dev.athanor.benchmark.result.Target;
import dev.athanor.benchmark.result.Targets;
import dev.athanor.benchmark.result.VolumeResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Results for programs: every single round, the medians, noise and targets. */
final class JsonReport {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private record Document(Results run, Map<Long, Noise> noise, List<Target> targets) {}

    private JsonReport() {}

    static String of(Results results) {
        Map<Long, Noise> noise = new LinkedHashMap<>();
        for (VolumeResult volume : results.volumes()) {
            noise.put(volume.rows(), volume.noise());
        }
        return MAPPER.writeValueAsString(new Document(results, noise, Targets.of(results))) + "\n";
    }
}
