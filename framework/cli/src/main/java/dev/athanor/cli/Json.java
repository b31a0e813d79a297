package dev.athanor.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.ObjectMapper;

/** JSON on one line. Loaded only when it is asked for. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** Reads one object back. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> read(String json) {
        return MAPPER.readValue(json, LinkedHashMap.class);
    }

    /** One object; its values are maps, lists, strings, numbers, truth values and nulls. */
    static String write(Map<String, ?> object) {
        return MAPPER.writeValueAsString(object);
    }
}
