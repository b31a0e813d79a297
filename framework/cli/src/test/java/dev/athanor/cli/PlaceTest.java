package dev.athanor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaceTest {
    private static final Place NOTHING = new Place(null, null);
    private static final Place URL = new Place("postgresql://a/b", null);
    private static final Place EMBEDDED = new Place(null, "true");
    private static final Place OFF = new Place(null, "false");

    @Test
    void theFirstSourceThatNamesADatabaseCounts() {
        assertThat(Place.choose(List.of(URL, EMBEDDED))).isEqualTo(URL);
        assertThat(Place.choose(List.of(NOTHING, URL, EMBEDDED))).isEqualTo(URL);
        assertThat(Place.choose(List.of(EMBEDDED, URL))).isEqualTo(new Place(null, "athanor"));
        assertThat(Place.choose(List.of(new Place(null, "athanor_demo"), URL)))
                .isEqualTo(new Place(null, "athanor_demo"));
    }

    @Test
    void emptyVariablesNameNothing() {
        assertThat(Place.choose(List.of(new Place("", ""), URL))).isEqualTo(URL);
        assertThat(Place.choose(List.of(NOTHING, NOTHING))).isEqualTo(NOTHING);
    }

    @Test
    void switchedOffItStaysOff() {
        assertThat(Place.choose(List.of(OFF, EMBEDDED))).isEqualTo(NOTHING);
        assertThat(Place.choose(List.of(OFF, URL))).isEqualTo(URL);
    }

    @Test
    void bothFromOneSourceAreRefused() {
        assertThatExceptionOfType(AthanorException.class)
                .isThrownBy(() -> Place.choose(List.of(new Place("postgresql://a/b", "true"))))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.USAGE))
                .satisfies(e -> assertThat(e.code()).isEqualTo("two_databases"));
    }
}
