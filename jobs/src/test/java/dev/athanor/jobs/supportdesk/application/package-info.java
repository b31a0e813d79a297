@NullMarked
package dev.athanor.jobs.supportdesk.application;

import org.jspecify.annotations.NullMarked;
