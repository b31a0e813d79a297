/**
 * What runs do, as Micrometer meters and observations. Nothing leaves the process by itself: the registry is the user's.
 *
 * <p>Start with {@link dev.athanor.telemetry.AthanorMeters} and {@link dev.athanor.telemetry.AthanorObservations}; what there
 * is to see stands in {@link dev.athanor.telemetry.Meters} and {@link dev.athanor.telemetry.Observations}.
 */
@NullMarked
package dev.athanor.telemetry;

import org.jspecify.annotations.NullMarked;
