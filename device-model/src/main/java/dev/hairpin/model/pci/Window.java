package dev.hairpin.model.pci;

/**
 * Where an address of the system leads in a device.
 *
 * @param function by its number in the device
 * @param bar the base address register, by its number
 * @param offset octets from where its window begins
 */
public record Window(int function, int bar, long offset) {}
