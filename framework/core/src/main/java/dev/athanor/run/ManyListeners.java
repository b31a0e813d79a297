package dev.athanor.run;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several listeners as one. A proxy, so that no call can be forgotten here when one is added there. */
record ManyListeners(List<RunListener> listeners) implements InvocationHandler {

    static RunListener of(List<RunListener> listeners) {
        List<RunListener> hearing =
                listeners.stream().filter(each -> each != RunListener.NONE).toList();
        if (hearing.isEmpty()) {
            return RunListener.NONE;
        }
        return hearing.size() == 1
                ? hearing.get(0)
                : (RunListener) Proxy.newProxyInstance(
                        RunListener.class.getClassLoader(),
                        new Class<?>[] {RunListener.class},
                        new ManyListeners(hearing));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method.getName(), arguments);
        }
        try {
            for (RunListener listener : listeners) {
                method.invoke(listener, arguments);
            }
            return null;
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private Object ofObject(Object proxy, String method, @Nullable Object @Nullable [] arguments) {
        return switch (method) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> listeners.toString();
        };
    }
}
