@NullMarked
package dev.athanor.jobs.calendar;

import org.jspecify.annotations.NullMarked;
