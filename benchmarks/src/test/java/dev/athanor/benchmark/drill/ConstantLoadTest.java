package dev.athanor.benchmark.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.benchmark.drill.ConstantLoad.Sender;
import dev.athanor.benchmark.drill.ConstantLoad.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ConstantLoadTest {
    private record Stalled(CountDownLatch stalls, CountDownLatch end) implements Sender {
        @Override
        public boolean send() {
            stalls.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                return false;
            }
            return true;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    @Test
    void what_was_due_during_a_stall_is_counted_when_the_load_ends_before_it_could_be_sent() throws Exception {
        CountDownLatch stalls = new CountDownLatch(2);
        CountDownLatch end = new CountDownLatch(1);
        ConstantLoad load = ConstantLoad.start(List.of(new Stalled(stalls, end), new Stalled(stalls, end)));
        stalls.await();
        long later = load.now() + 50 * ConstantLoad.INTERVAL;
        while (load.now() < later) {
            Thread.onSpinWait();
        }
        long until = load.now();
        Thread closing = new Thread(load::close);
        closing.start();
        end.countDown();
        closing.join();
        List<Statement> due = load.between(0, until);
        assertThat(due).extracting(Statement::due).doesNotHaveDuplicates();
        assertThat(due).hasSize(Math.toIntExact((until + ConstantLoad.INTERVAL - 1) / ConstantLoad.INTERVAL));
    }
}
