/**
 * Captures in and out: pcap and pcapng files are mapped and read without an object per frame, written to a temporary
 * name and renamed, and dissected into readable lines.
 *
 * <p>A file is {@linkplain dev.hairpin.pcap.Capture opened}, which refuses what is no Ethernet capture, and then read by
 * as many {@linkplain dev.hairpin.pcap.CaptureReader passes} as are wanted. What is wrong inside a file is a value, a
 * {@link dev.hairpin.pcap.Damage}, and all frames before it are given. No octets of a capture, however hostile, lead to
 * an unexpected exception, to an endless loop or to memory beyond fixed bounds.
 *
 * <p>What a frame means is not decided here but in the module {@code device-model}. The layouts are those of
 * draft-ietf-opsawg-pcap and draft-ietf-opsawg-pcapng.
 */
@NullMarked
package dev.hairpin.pcap;

import org.jspecify.annotations.NullMarked;
