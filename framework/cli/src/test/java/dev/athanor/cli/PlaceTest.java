package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlaceTest {
    private static final Place NOTHING = new Place(null, null);
    private static final Place URL = new Place("postgresql://a/b", null);
    private static final Place EMBEDDED = new Place(null, "true");
    private static final Place OFF = new Place(null, "false");

    private static Place choose(Place... sources) {
        return Place.choose(Stream.of(sources)
                        .map(source -> new Sourced<>(source, "somewhere"))
                        .toList())
                .value();
    }

    @Test
    void theFirstSourceThatNamesADatabaseCounts() {
        assertThat(choose(URL, EMBEDDED)).isEqualTo(URL);
        assertThat(choose(NOTHING, URL, EMBEDDED)).isEqualTo(URL);
        assertThat(choose(EMBEDDED, URL)).isEqualTo(new Place(null, "athanor"));
        assertThat(choose(new Place(null, "athanor_demo"), URL)).isEqualTo(new Place(null, "athanor_demo"));
    }

    @Test
    void emptyVariablesNameNothing() {
        assertThat(choose(new Place("", ""), URL)).isEqualTo(URL);
        assertThat(choose(NOTHING, NOTHING)).isEqualTo(NOTHING);
    }

    @Test
    void switchedOffItStaysOff() {
        assertThat(choose(OFF, EMBEDDED)).isEqualTo(NOTHING);
        assertThat(choose(OFF, URL)).isEqualTo(URL);
    }

    @Test
    void bothFromOneSourceAreRefused() {
        assertThatExceptionOfType(AthanorException.class)
                .isThrownBy(() -> choose(new Place("postgresql://a/b", "true")))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.USAGE))
                .satisfies(e -> assertThat(e.code()).isEqualTo("two_databases"));
    }
}
