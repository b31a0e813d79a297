package dev.athanor.lint;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a finding weighs when its table is known. How long a lock is held by a scan, an index build or a rewrite depends on
 * the size of the table; that running code breaks does not, only on whether there can be such code.
 */
public final class SizeWeight {
    /** A table with its indexes that is read, rewritten or indexed in a fraction of a second on any disk: 8 MiB. */
    public static final long SMALL_BYTES = 8L << 20;

    /** What one process scans, sorts and writes in a second while an application is at work, give or take: 80 MB. */
    private static final long BYTES_A_SECOND = 80_000_000;

    /** Rules about work under a lock that grows with the table. */
    private static final Set<LintRule> LASTS = EnumSet.of(
            LintRule.IX1,
            LintRule.IX8,
            LintRule.CO1,
            LintRule.CO2,
            LintRule.CO3,
            LintRule.CO4,
            LintRule.CO7,
            LintRule.CO8,
            LintRule.CO9,
            LintRule.CO10,
            LintRule.CO11,
            LintRule.CO13,
            LintRule.CO17,
            LintRule.CL1,
            LintRule.CL2,
            LintRule.CL3,
            LintRule.CL6,
            LintRule.CL7,
            LintRule.CL12,
            LintRule.TB8,
            LintRule.TB10,
            LintRule.TB11,
            LintRule.TB12,
            LintRule.DM1);

    /** Rules about locks that are short, but meet many who wait where a table is large. */
    private static final Set<LintRule> QUEUES =
            EnumSet.of(LintRule.IX6, LintRule.CO5, LintRule.TB9, LintRule.TB13, LintRule.TX6);

    /** Rules about running code that breaks and rows that are lost, where there is code and there are rows. */
    private static final Set<LintRule> BREAKS = EnumSet.of(
            LintRule.CL8,
            LintRule.CL9,
            LintRule.CL10,
            LintRule.CL11,
            LintRule.CO12,
            LintRule.CO14,
            LintRule.TB1,
            LintRule.TB3,
            LintRule.TB4,
            LintRule.TB5,
            LintRule.TB7,
            LintRule.TB14,
            LintRule.TB16,
            LintRule.EN1);

    private SizeWeight() {}

    /** Whether the size of its table decides how bad it is. */
    public static boolean matters(LintRule rule) {
        return LASTS.contains(rule) || QUEUES.contains(rule);
    }

    /** Whether it hurts only where the table or type is in use already. */
    public static boolean needsLive(LintRule rule) {
        return matters(rule) || BREAKS.contains(rule);
    }

    /** The finding where pending revisions are only going to make its table or type, so that nobody uses it. */
    public static Finding notLive(Finding finding) {
        String what = finding.rule() == LintRule.EN1 ? "type" : "table";
        return needsLive(finding.rule()) ? lightened(finding, "the " + what + " is not live yet") : finding;
    }

    /**
     * The finding where its table is so large.
     *
     * @param bytes on disk, indexes and partitions included
     */
    public static Finding of(Finding finding, long bytes) {
        if (!matters(finding.rule())) {
            return finding;
        }
        if (bytes <= SMALL_BYTES) {
            return lightened(finding, "the table has " + size(bytes));
        }
        String seconds = LASTS.contains(finding.rule()) ? ", about " + time(bytes / BYTES_A_SECOND) + " of work" : "";
        return with(finding, finding.severity(), "the table has " + size(bytes) + seconds);
    }

    private static Finding lightened(Finding finding, String why) {
        return finding.severity() != Severity.INFO ? with(finding, Severity.INFO, "no harm now: " + why) : finding;
    }

    private static Finding with(Finding finding, Severity severity, String more) {
        return new Finding(
                finding.rule(),
                severity,
                finding.place(),
                finding.statement(),
                finding.lock(),
                finding.table(),
                finding.message() + " (" + more + ")",
                finding.safe(),
                finding.waiver());
    }

    private static String size(long bytes) {
        String[] units = {"kB", "MB", "GB", "TB"};
        double size = bytes / 1024.0;
        int unit = 0;
        while (size >= 1024 && unit < units.length - 1) {
            size /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.0f %s", size, units[unit]);
    }

    private static String time(long seconds) {
        return seconds < 90 ? Math.max(1, seconds) + " s" : Math.round(seconds / 60.0) + " min";
    }
}
