package dev.athanor.throttle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A file that makes work stand still. */
final class FlagFile extends BuiltIn {
    private final Path path;

    FlagFile(ThrottleSettings settings, Path path) {
        super(SignalKind.FLAG_FILE, settings);
        this.path = path;
    }

    /** On a thread that may block, because the file may be on a network drive. */
    @Override
    public Mono<Double> read() {
        return Mono.fromCallable(this::look).subscribeOn(Schedulers.boundedElastic());
    }

    /** A folder that may not be looked into is no "no". */
    private double look() throws IOException {
        try {
            Files.readAttributes(path, BasicFileAttributes.class);
            return limit();
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    @Override
    public String describe(double value) {
        return name() + " " + path + (value > 0 ? " is there" : " is not there");
    }
}
