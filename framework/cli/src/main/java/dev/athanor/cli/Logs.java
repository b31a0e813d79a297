package dev.athanor.cli;

import java.util.Arrays;
import java.util.List;

/** Sets up logging, before the first logger exists. */
final class Logs {
    /** These report as errors what we report ourselves, better, or what we retry. */
    private static final List<String> TALKATIVE =
            List.of("org.springframework", "io.r2dbc", "reactor", "com.zaxxer.hikari", "io.netty", "org.postgresql");

    private Logs() {}

    static void configure(String[] arguments) {
        boolean verbose = Arrays.asList(arguments).contains("--verbose");
        System.setProperty("org.slf4j.simpleLogger.logFile", "System.err");
        System.setProperty("org.slf4j.simpleLogger.showThreadName", "false");
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", verbose ? "info" : "error");
        for (String name : TALKATIVE) {
            System.setProperty("org.slf4j.simpleLogger.log." + name, verbose ? "info" : "off");
        }
    }
}
