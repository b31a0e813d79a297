package dev.athanor.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.spi.Connection;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * The two pools of connections to one database: a blocking one for schema steps, the ledger and the job repository, and
 * a reactive one for data. No connection carries state from one transaction to the next, so both work through a pooler
 * that hands out server connections per transaction.
 */
public final class Database implements AutoCloseable {
    /**
     * Longest wait for a connection of the blocking pool. Less than a lease (15 s), so that a heartbeat that meets a
     * server in its restart is tried again before the lease has expired.
     */
    private static final Duration JDBC_WAIT = Duration.ofSeconds(5);
    /** Longest wait for one of the reactive pool; workers that wait longer than this have more than the pool. */
    private static final Duration REACTIVE_WAIT = Duration.ofSeconds(30);
    /** Longest handshake of the reactive driver. */
    private static final Duration CONNECT_WAIT = Duration.ofSeconds(10);

    /** Far more dead connections than a pool has. */
    private static final int MOST_DEAD = 1000;

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ConnectionUrl url;
    private final HikariDataSource jdbc;
    private final ConnectionPool reactivePool;
    private final Transactions transactions;
    private final ReactiveTransactions reactive;
    private final TransactionScript script = new TransactionScript();

    private Database(
            ConnectionUrl url,
            HikariDataSource jdbc,
            PostgresqlConnectionFactory factory,
            ConnectionPool reactivePool) {
        PgErrors errors = new PgErrors(url);
        this.url = url;
        this.jdbc = jdbc;
        this.reactivePool = reactivePool;
        this.transactions = new Transactions(jdbc, errors, script);
        this.reactive = new ReactiveTransactions(living(reactivePool), factory.create(), errors, script);
    }

    /**
     * Opens both pools and makes sure that the server answers; the reactive pool connects only when it is used.
     *
     * @throws DatabaseException when there is no way in: server down, wrong password, unknown database
     */
    public static Database open(ConnectionUrl url, PoolSettings settings) {
        PostgresqlConnectionFactory factory = new PostgresqlConnectionFactory(DriverOptions.r2dbc(url));
        return new Database(url, jdbcPool(url, settings), factory, reactivePool(factory, settings));
    }

    /**
     * Keeps a schema out of the search path of all transactions to come. A role that is called as the schema has it in
     * front of its search path ({@code "$user"}); there its new tables would come to stand, and names be mistaken.
     */
    public void hideFromSearchPath(String schema) {
        List<String> path = transactions.autocommit(session ->
                session.query("SELECT name FROM unnest(current_schemas(false)) AS name", row -> row.string("name")));
        if (path.contains(schema)) {
            script.lookOnlyIn(path.stream().filter(name -> !name.equals(schema)).toList());
        }
    }

    /** After a restart of the server every idle connection is dead; the pool tells them one by one, and forgets each. */
    private static Mono<Connection> living(ConnectionPool pool) {
        return pool.create().retryWhen(Retry.max(MOST_DEAD).filter(PgErrors::isDeadInPool));
    }

    /** Blocking transactions. */
    public Transactions transactions() {
        return transactions;
    }

    /** Reactive transactions. */
    public ReactiveTransactions reactive() {
        return reactive;
    }

    /** The blocking pool, for the job repository. */
    public DataSource dataSource() {
        return jdbc;
    }

    /** Where this is. */
    public ConnectionUrl url() {
        return url;
    }

    /** Closes both pools; connections in use are closed under their user. */
    @Override
    public void close() {
        reactivePool.dispose();
        jdbc.close();
    }

    private static HikariDataSource jdbcPool(ConnectionUrl url, PoolSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("athanor");
        DriverOptions.jdbc(url, config);
        config.setMaximumPoolSize(settings.jdbcConnections());
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE.toMillis());
        config.setConnectionTimeout(JDBC_WAIT.toMillis());
        // One attempt: a wrong address is told at once, not after the connection timeout.
        config.setInitializationFailTimeout(1);
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            throw new PgErrors(url).onConnect(e);
        }
    }

    private static ConnectionPool reactivePool(PostgresqlConnectionFactory factory, PoolSettings settings) {
        return new ConnectionPool(ConnectionPoolConfiguration.builder(factory)
                .name("athanor")
                .initialSize(0)
                .minIdle(0)
                .maxSize(settings.reactiveConnections())
                .maxAcquireTime(REACTIVE_WAIT)
                .maxCreateConnectionTime(CONNECT_WAIT)
                .maxIdleTime(IDLE)
                .acquireRetry(0)
                .build());
    }
}
