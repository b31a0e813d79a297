package dev.athanor.revision;

import java.util.Arrays;

/** A stack of numbers without boxes, which a recursive walk would otherwise put on the thread's own stack. */
final class IntStack {
    private int[] items = new int[16];
    private int size;

    void push(int item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size * 2);
        }
        items[size++] = item;
    }

    int pop() {
        return items[--size];
    }

    boolean isEmpty() {
        return size == 0;
    }
}
