@NullMarked
package dev.athanor.jobs.encryption;

import org.jspecify.annotations.NullMarked;
