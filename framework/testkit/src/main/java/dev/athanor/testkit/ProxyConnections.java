package dev.athanor.testkit;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Set;
import org.netcrusher.core.reactor.NioReactor;
import org.netcrusher.tcp.TcpCrusher;

/**
 * What NetCrusher 0.10, the last release, lacks: it hands a half-closed connection on but cannot make one, and a send that
 * its throttle held back when the connection was frozen is never taken up again. Both need its private channels.
 */
final class ProxyConnections {
    private static final Set<String> SIDES = Set.of("innerChannel", "outerChannel");

    private final NioReactor reactor;
    private final TcpCrusher crusher;

    ProxyConnections(NioReactor reactor, TcpCrusher crusher) {
        this.reactor = reactor;
        this.crusher = crusher;
    }

    /** Sends the server the end of each connection's input. */
    void endTowardsServer() {
        each((side, channel) -> {
            if (side.equals("outerChannel")) {
                ((SocketChannel) read(channel, "channel")).shutdownOutput();
            }
        });
    }

    /** Takes up the sends that were held back before a freeze. */
    void wake() {
        each((side, channel) -> {
            Method resume = channel.getClass().getDeclaredMethod("unthrottleSend");
            resume.setAccessible(true);
            resume.invoke(channel);
        });
    }

    /** On the proxy's own thread, which alone may touch them. */
    private void each(Action action) {
        reactor.getSelector().execute(() -> {
            for (Object pair : ((Map<?, ?>) read(crusher, "pairs")).values()) {
                for (String side : SIDES) {
                    action.on(side, read(pair, side));
                }
            }
            return true;
        });
    }

    private static Object read(Object owner, String name) throws ReflectiveOperationException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }

    private interface Action {
        void on(String side, Object channel) throws Exception;
    }
}
