@NullMarked
package dev.athanor.examples.run;

import org.jspecify.annotations.NullMarked;
