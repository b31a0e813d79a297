package dev.athanor.source;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.util.List;
import java.util.stream.Collectors;

/** Every fault of every revision file or class at once. Kind USAGE, code {@code invalid_revision_file}. */
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
                : faults.size() + " faults in revision " + kinds(faults, "files", "classes") + ":\n"
                        + faults.stream().map(fault -> "  " + fault).collect(Collectors.joining("\n"));
    }

    private static String hint(List<Fault> faults) {
        long sources =
                faults.stream().map(fault -> fault.origin().file()).distinct().count();
        return "Correct the " + (sources == 1 ? kinds(faults, "file", "class") : kinds(faults, "files", "classes"))
                + " and run the command again; nothing was begun.";
    }

    private static String kinds(List<Fault> faults, String files, String classes) {
        long ofClasses =
                faults.stream().filter(fault -> fault.origin().isClass()).count();
        return ofClasses == 0 ? files : ofClasses == faults.size() ? classes : files + " and " + classes;
    }
}
