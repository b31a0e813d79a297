/**
 * The command line. Start with {@link dev.athanor.cli.Main}; each command is a class of its own, registered in {@code
 * AthanorCommand}. Commands that look at the graph load neither Spring nor a driver.
 */
@NullMarked
package dev.athanor.cli;

import org.jspecify.annotations.NullMarked;
