@NullMarked
package dev.athanor.jobs.supportdesk.revision;

import org.jspecify.annotations.NullMarked;
