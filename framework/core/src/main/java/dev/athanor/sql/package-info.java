/**
 * Names and quoting, the statement splitter, the table locks of statements, placeholders, SQLSTATE classes: all that is known about SQL as text.
 *
 * <p>Start with {@link dev.athanor.sql.StatementSplitter}; it, the checksum, the placeholders and the recognisers of
 * statement forms all read {@link dev.athanor.sql.SqlTokens}.
 */
@NullMarked
package dev.athanor.sql;

import org.jspecify.annotations.NullMarked;
