package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManyListenersTest {
    private final List<String> heard = new ArrayList<>();

    private RunListener named(String name) {
        return new RunListener() {
            @Override
            public void waitingForLease(String holder, Duration remaining) {
                heard.add(name + " " + holder + " " + remaining);
            }

            @Override
            public void leaseTaken() {
                heard.add(name);
            }
        };
    }

    @Test
    void all_hear_everything_in_their_order() {
        RunListener all = RunListener.all(named("a"), RunListener.NONE, named("b"));
        all.waitingForLease("x", Duration.ofSeconds(1));
        all.leaseTaken();
        all.leaseRenewed();
        assertThat(heard).containsExactly("a x PT1S", "b x PT1S", "a", "b");
        assertThat(all).isEqualTo(all).isNotEqualTo(RunListener.NONE).hasSameHashCodeAs(all);
    }

    @Test
    void one_alone_is_itself_and_none_is_nobody() {
        RunListener alone = named("a");
        assertThat(RunListener.all(RunListener.NONE, alone)).isSameAs(alone);
        assertThat(RunListener.all()).isSameAs(RunListener.NONE);
    }

    @Test
    void what_a_listener_throws_comes_as_it_is() {
        RunListener failing = new RunListener() {
            @Override
            public void leaseTaken() {
                throw new IllegalArgumentException("mine");
            }
        };
        assertThatThrownBy(RunListener.all(named("a"), failing)::leaseTaken)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mine");
    }
}
