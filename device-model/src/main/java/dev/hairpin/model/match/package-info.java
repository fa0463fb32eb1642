/**
 * Conditions on frames in the language of pcap-filter(7), compiled for the columns of a {@link
 * dev.hairpin.model.frame.Burst burst}. What lives here is the language and its meaning, as libpcap compiles it for
 * Ethernet; what a policy does with a frame that matches belongs to whoever asks.
 *
 * <p>The meaning has three peculiarities of libpcap that are kept on purpose, so that an expression means here what it
 * means to tcpdump:
 *
 * <ul>
 *   <li><b>{@code vlan} moves the rest.</b> Each {@code vlan} asks for a tag where the EtherType is looked for at that
 *       point, and from there to the end of the expression, whatever parentheses, {@code or} and {@code not} say,
 *       everything above the Ethernet header is looked for four octets further on. So {@code vlan 10 and ip} is IP in
 *       VLAN 10, {@code vlan 10 and vlan 20} is 20 within 10, and the second half of {@code vlan or ip} finds IP only
 *       where it would be behind a tag. Ethernet addresses and {@code ether[...]} do not move.
 *   <li><b>A frame that ends early rejects everything.</b> Reading behind the captured octets, or dividing by zero, ends
 *       the evaluation with "no match", also under {@code not}.
 *   <li><b>What is read depends on what is asked.</b> Conditions are evaluated from left to right and only as far as
 *       needed; the sides of a relation are always computed both.
 * </ul>
 *
 * <p>{@code and} and {@code or} bind equally and to the left; {@code not} binds closest. The verdict is that of libpcap's
 * program before its optimizer, which may remove a read that nothing depends on, and with it the rejection.
 */
@NullMarked
package dev.hairpin.model.match;

import org.jspecify.annotations.NullMarked;
