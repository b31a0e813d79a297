/**
 * Values of a column encrypted in the JVM, so that neither the database nor its backups ever see the key.
 *
 * <p>Start with {@link dev.athanor.jobs.encryption.EncryptedColumn}: a backfill encrypts with it, and an application reads
 * and writes with it.
 */
@NullMarked
package dev.athanor.jobs.encryption;

import org.jspecify.annotations.NullMarked;
