/**
 * What stands where: which stations of a captured LAN become functions of the NIC and which stay behind ports of the
 * bridge, chosen from a {@linkplain dev.hairpin.experiments.placement.CaptureSurvey survey} of the capture and told with
 * every result, since what is local is an input of an experiment and not a finding.
 *
 * <p>How frames then travel is not decided here but in the module {@code device-model}.
 */
@NullMarked
package dev.hairpin.experiments.placement;

import org.jspecify.annotations.NullMarked;
