/** An application in two versions, that knows what it must read. */
@NullMarked
package dev.athanor.examples.application;

import org.jspecify.annotations.NullMarked;
