@NullMarked
package dev.athanor.examples;

import org.jspecify.annotations.NullMarked;
