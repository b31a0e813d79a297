package dev.athanor.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** The version of the jar. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"athanor " + Objects.requireNonNullElse(packaged(), "(not packaged)")};
    }

    /** The same for other programs' builds; outside a jar whatever is the newest. */
    static String number() {
        return Objects.requireNonNullElse(packaged(), "LATEST");
    }

    private static @Nullable String packaged() {
        return Version.class.getPackage().getImplementationVersion();
    }
}
