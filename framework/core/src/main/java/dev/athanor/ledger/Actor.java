package dev.athanor.ledger;

/**
 * Who does something, for the ledger and the audit events.
 *
 * @param name of a person or a pipeline; not empty
 * @param host where
 */
public record Actor(String name, String host) {

    public Actor {
        if (name.isBlank() || host.isBlank()) {
            throw new IllegalArgumentException("An actor needs a name and a host");
        }
    }

    /** The operating system's user on this host. */
    public static Actor ofSystem() {
        return new Actor(System.getProperty("user.name", "unknown"), HostName.find());
    }

    /** {@code name@host}. */
    @Override
    public String toString() {
        return name + "@" + host;
    }
}
