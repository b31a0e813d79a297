/**
 * Results as JSON, Markdown and plots.
 */
@NullMarked
package dev.athanor.benchmark.report;

import org.jspecify.annotations.NullMarked;
