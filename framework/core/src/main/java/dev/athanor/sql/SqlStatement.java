package dev.athanor.sql;

/**
 * One statement of a script.
 *
 * @param text from its first token to its last, as written, without the semicolon
 * @param line of its first token in the script, counted from 1
 */
public record SqlStatement(String text, int line) {}
