/**
 * What is measured on a table: our cases and the peers, each a small class behind {@link dev.athanor.benchmark.subject.Subject}, all listed in
 * {@link dev.athanor.benchmark.subject.Subjects}.
 */
@NullMarked
package dev.athanor.benchmark.subject;

import org.jspecify.annotations.NullMarked;
