package dev.athanor.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Passes whole lines on, each behind a label, so that several may speak at once. */
final class LabelledStream extends PrintStream {

    LabelledStream(String label, PrintStream target) {
        super(new Lines(label, target), true, StandardCharsets.UTF_8);
    }

    private static final class Lines extends OutputStream {
        private final String label;
        private final PrintStream target;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Lines(String label, PrintStream target) {
            this.label = label;
            this.target = target;
        }

        @Override
        public synchronized void write(int octet) {
            if (octet == '\n') {
                target.println(label + line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else if (octet != '\r') {
                line.write(octet);
            }
        }
    }
}
