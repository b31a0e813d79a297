package dev.athanor.source;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.util.List;
import java.util.stream.Collectors;

/** Every fault of every revision file at once. Kind USAGE, code {@code invalid_revision_file}. */
public final class SourceException extends AthanorException {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    SourceException(List<Fault> faults) {
        super(FailureKind.USAGE, "invalid_revision_file", message(faults), hint(faults));
        this.faults = List.copyOf(faults);
    }

    /** The faults in the order of files and lines. */
    public List<Fault> faults() {
        return faults;
    }

    private static String message(List<Fault> faults) {
        return faults.size() == 1
                ? faults.get(0).toString()
                : faults.size() + " faults in revision files:\n"
                        + faults.stream().map(fault -> "  " + fault).collect(Collectors.joining("\n"));
    }

    private static String hint(List<Fault> faults) {
        long files =
                faults.stream().map(fault -> fault.origin().file()).distinct().count();
        return "Correct the " + (files == 1 ? "file" : "files") + " and run the command again; nothing was begun.";
    }
}
