package dev.hairpin.experiments.command;

/** A verb that runs a capture. */
interface RunsCapture {
    TrafficOptions traffic();
}
