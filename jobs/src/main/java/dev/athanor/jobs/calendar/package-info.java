/** Time as it is counted in business hours: {@link dev.athanor.jobs.calendar.BusinessHours}. Plain Java, no database. */
@NullMarked
package dev.athanor.jobs.calendar;

import org.jspecify.annotations.NullMarked;
