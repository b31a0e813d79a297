@NullMarked
package dev.athanor.jobs.supportdesk;

import org.jspecify.annotations.NullMarked;
