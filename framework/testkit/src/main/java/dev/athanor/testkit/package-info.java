/**
 * Tests against a real PostgreSQL: a fresh database for each test class, on a given server, a container or (by default)
 * an embedded server.
 *
 * <p>Entry types: {@link dev.athanor.testkit.AthanorPostgres} for a database, and
 * {@link dev.athanor.testkit.MigrationScenario}, which puts a project's revisions to the test on it;
 * {@link dev.athanor.testkit.EachPostgres} runs a test on every supported major version. Crash tests take {@link dev.athanor.testkit.TestServer}
 * (a server of their own to stop and start), {@link dev.athanor.testkit.StandbyServer} (what it fails over to),
 * {@link dev.athanor.testkit.TcpProxy} (a network that fails), {@link dev.athanor.testkit.CrashPoint} (death amid a chunk) and
 * {@link dev.athanor.testkit.ChildJvm} (a process to kill); time is
 * {@link dev.athanor.testkit.MutableClock}, or {@link dev.athanor.testkit.SchedulerClock} beside Reactor's virtual time.
 */
@NullMarked
package dev.athanor.testkit;

import org.jspecify.annotations.NullMarked;
