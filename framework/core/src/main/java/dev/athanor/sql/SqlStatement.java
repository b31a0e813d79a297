package dev.athanor.sql;

/**
 * One statement of a script.
 *
 * @param text from its first token to its last, as written, without the semicolon
 * @param line of its first token in the script, counted from 1
 * @param start offset of its text in the script
 */
public record SqlStatement(String text, int line, int start) {}
