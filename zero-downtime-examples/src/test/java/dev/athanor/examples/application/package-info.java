@NullMarked
package dev.athanor.examples.application;

import org.jspecify.annotations.NullMarked;
