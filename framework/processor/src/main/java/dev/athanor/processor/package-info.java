/**
 * Writes, while javac compiles, the index by which Java revisions are found without searching class paths.
 *
 * <p>Start with {@link dev.athanor.processor.RevisionIndexer}; {@code RevisionCheck} says what a class must be, {@code
 * Index} is the file.
 */
@NullMarked
package dev.athanor.processor;

import org.jspecify.annotations.NullMarked;
