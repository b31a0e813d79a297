/**
 * Names and quoting, the statement splitter, placeholders, SQLSTATE classes: all that is known about SQL as text.
 *
 * <p>Start with {@code StatementSplitter}.
 */
@NullMarked
package dev.athanor.sql;

import org.jspecify.annotations.NullMarked;
