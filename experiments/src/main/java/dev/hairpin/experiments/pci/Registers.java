package dev.hairpin.experiments.pci;

import dev.hairpin.model.pci.PciDevice;

/** The configuration space of one function at one time, as software reads it. */
record Registers(PciDevice device, int routingId, long now) {
    int octet(int offset) {
        return (int) device.read(routingId, offset, 1, now);
    }

    int word(int offset) {
        return (int) device.read(routingId, offset, 2, now);
    }

    long doubleWord(int offset) {
        return device.read(routingId, offset, 4, now);
    }
}
