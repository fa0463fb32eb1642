/**
 * Bridging policies: ordered rules that change what a relay would do with a frame. A policy is a value given to a relay, at
 * the NIC or at the bridge; how a relay carries an action out is the relay's business and not here.
 */
@NullMarked
package dev.hairpin.model.policy;

import org.jspecify.annotations.NullMarked;
