package dev.athanor.cli;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands; those that take the root get it. */
final class Commands implements IFactory {
    private final AthanorCommand root;

    Commands(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        try {
            return type.getDeclaredConstructor(AthanorCommand.class).newInstance(root);
        } catch (NoSuchMethodException e) {
            return CommandLine.defaultFactory().create(type);
        }
    }
}
