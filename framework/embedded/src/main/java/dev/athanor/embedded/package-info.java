/**
 * A real PostgreSQL without an installation: the server binaries come from the class path, are unpacked once per
 * machine, and run as root too.
 *
 * <p>Entry type: {@link dev.athanor.embedded.EmbeddedServer}. Several processes that open the same directory share one
 * server; the last one to close stops it. To read the package: {@code EmbeddedServer} (a handle) → {@code SharedServer}
 * (one per directory and JVM, counts handles) → {@code ServerDirectory} (paths and locks) and {@code ServerControl}
 * (initdb and pg_ctl of the {@code Binaries}).
 */
@NullMarked
package dev.athanor.embedded;

import org.jspecify.annotations.NullMarked;
