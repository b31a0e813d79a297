package dev.athanor.examples.scenario;

import dev.athanor.examples.application.ApplicationVersion;
import java.nio.file.Path;

/**
 * A change of a schema under a live application. Its folder {@code scenarios/NUMBER-NAME} holds {@code table.sql}, the revisions in
 * {@code migrations}, and a README.
 *
 * @param number two digits
 * @param name in words joined by hyphens
 * @param oldVersion runs before
 * @param newVersion runs after
 * @param mustFail whether it shows how not to do it, so that its checks must fail
 */
public record Scenario(
        String number, String name, ApplicationVersion oldVersion, ApplicationVersion newVersion, boolean mustFail) {

    /** Number and name. */
    public String title() {
        return number + "-" + name;
    }

    /** Its folder. */
    public Path folder(Path scenarios) {
        return scenarios.resolve(title());
    }
}
