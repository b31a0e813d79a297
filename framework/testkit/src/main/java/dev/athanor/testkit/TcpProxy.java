package dev.athanor.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.netcrusher.core.reactor.NioReactor;
import org.netcrusher.core.throttle.Throttler;
import org.netcrusher.core.throttle.ThrottlerFactory;
import org.netcrusher.tcp.TcpCrusher;
import org.netcrusher.tcp.TcpCrusherBuilder;

/**
 * A network that fails when a test wants it to: a TCP proxy on the loopback address, before one database. Connections go
 * through it by {@link #url()}, whose host and port stay the same whatever happens. NetCrusher does the work; see
 * {@link ProxyConnections} for what it lacks.
 *
 * <p>Safe for use by several threads. Close it, or its thread keeps the JVM alive.
 */
public final class TcpProxy implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private static final int DEFAULT_PORT = 5432;

    /** A pool that comes back after a cut opens all its connections at once. */
    private static final int BACKLOG = 256;

    private final NioReactor reactor;
    private final InetSocketAddress here;
    private ServerAddress target;
    private TcpCrusher crusher;
    private boolean frozen;
    private boolean closed;
    private volatile long delayNanos = Throttler.NO_DELAY_NS;

    private TcpProxy(ServerAddress target) throws IOException {
        this.reactor = new NioReactor();
        this.here = new InetSocketAddress(HOST, freePort());
        this.target = target;
        this.crusher = open();
    }

    /** A proxy before a database, open at once. */
    public static TcpProxy before(TestDatabase database) {
        return before(database.url());
    }

    /** A proxy before the database of a URL as libpq writes them. */
    public static TcpProxy before(String url) {
        try {
            return new TcpProxy(ServerAddress.parse(url));
        } catch (IOException e) {
            throw new UncheckedIOException("no proxy can be opened", e);
        }
    }

    /** URL of the database through the proxy: user, password and name as given. */
    public synchronized String url() {
        return new ServerAddress(
                        HOST + ":" + here.getPort(),
                        target.user(),
                        target.password(),
                        target.database(),
                        target.options())
                .url();
    }

    /**
     * Lets everything arrive that much later, each way, from now on; zero for no delay. Coarse: steps of about 20
     * milliseconds.
     */
    public void delay(Duration eachWay) {
        delayNanos = eachWay.isZero() ? Throttler.NO_DELAY_NS : eachWay.toNanos();
    }

    /** Ends all connections at once with a reset, on both sides; new ones are welcome. */
    public synchronized void cut() {
        crusher.closeAllPairs();
    }

    /**
     * Drops the network: nothing passes in either direction, no connection is told, new ones get no answer. Neither side
     * hears when the other one ends. Nothing happens when it is frozen or refuses.
     */
    public synchronized void freeze() {
        if (!frozen && crusher.isOpen()) {
            crusher.freeze();
            frozen = true;
        }
    }

    /** Brings the network back: what was sent meanwhile arrives. Nothing happens when it is not frozen. */
    public synchronized void unfreeze() {
        if (frozen) {
            frozen = false;
            crusher.unfreeze();
            connections().wake();
        }
    }

    /** Ends all connections and refuses new ones, as a machine without the server does. */
    public synchronized void refuse() {
        frozen = false;
        crusher.close();
    }

    /** Takes connections again after {@link #refuse}. Nothing happens when it does already. */
    public synchronized void accept() {
        if (!crusher.isOpen()) {
            crusher = open();
        }
    }

    /**
     * Ends the direction from the clients to the server only: the server hears the end of what it reads, still says what
     * it has to say, and ends.
     */
    public synchronized void halfClose() {
        connections().endTowardsServer();
    }

    /** Goes to the server of another URL from now on, as a name does after a failover; ends all connections. */
    public synchronized void switchTo(String otherUrl) {
        target = ServerAddress.parse(otherUrl);
        refuse();
        accept();
    }

    /** Connections that are open through it. */
    public synchronized int connectionCount() {
        return crusher.getClientAddresses().size();
    }

    /** Ends all connections and the proxy. Closing twice does nothing. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            crusher.close();
            reactor.close();
        }
    }

    private ProxyConnections connections() {
        return new ProxyConnections(reactor, crusher);
    }

    private TcpCrusher open() {
        ThrottlerFactory delayed = client -> data -> delayNanos;
        return TcpCrusherBuilder.builder()
                .withReactor(reactor)
                .withBindAddress(here)
                .withConnectAddress(address(target.hostAndPort()))
                .withLingerMs(0)
                .withBacklog(BACKLOG)
                .withIncomingThrottlerFactory(delayed)
                .withOutgoingThrottlerFactory(delayed)
                .buildAndOpen();
    }

    private static InetSocketAddress address(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        return colon < 0
                ? new InetSocketAddress(hostAndPort, DEFAULT_PORT)
                : new InetSocketAddress(
                        hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)));
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return probe.getLocalPort();
        }
    }
}
