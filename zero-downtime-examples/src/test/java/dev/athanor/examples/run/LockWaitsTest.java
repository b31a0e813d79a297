package dev.athanor.examples.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.examples.run.LockWaits.Seen;
import dev.athanor.examples.run.LockWaits.Total;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is known of waits from looks at them. */
final class LockWaitsTest {
    private final LockWaits waits = new LockWaits();

    @Test
    void aWaitGrowsWhileItIsSeen() {
        look(30, new Seen("a", "1", 5));

        assertThat(look(30, new Seen("a", "1", 35))).containsExactly(new Total("a", 35, 35));
    }

    @Test
    void aWaitThatIsOverMayHaveLastedUntilThisLook() {
        look(30, new Seen("a", "1", 490));

        assertThat(look(60)).containsExactly(new Total("a", 490, 550));
        assertThat(look(30)).isEmpty();
    }

    @Test
    void waitsOfAStatementAreAddedUp() {
        look(30, new Seen("a", "row", 400));

        assertThat(look(30, new Seen("a", "transaction", 10))).containsExactly(new Total("a", 410, 440));
        assertThat(look(30)).containsExactly(new Total("a", 410, 470));
        assertThat(look(30, new Seen("a", "another", 7))).containsExactly(new Total("a", 417, 477));
    }

    @Test
    void statementsAreToldApart() {
        assertThat(look(30, new Seen("a", "1", 5), new Seen("b", "1", 6)))
                .containsExactlyInAnyOrder(new Total("a", 5, 5), new Total("b", 6, 6));
    }

    @Test
    void theLongestGapIsKept() {
        look(30);
        look(80);
        look(20);

        assertThat(waits.longestGap()).isEqualTo(80);
    }

    private List<Total> look(double gap, Seen... seen) {
        return waits.look(gap, List.of(seen));
    }
}
