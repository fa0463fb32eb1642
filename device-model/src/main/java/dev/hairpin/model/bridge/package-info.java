/**
 * The adjacent bridge: what is set for it ({@link dev.hairpin.model.bridge.BridgeSettings}, {@link
 * dev.hairpin.model.bridge.BridgePort}), what it decides ({@link dev.hairpin.model.bridge.Bridge}), and what it learns on the
 * way, of stations in its filtering database and of groups in its multicast database.
 */
@NullMarked
package dev.hairpin.model.bridge;

import org.jspecify.annotations.NullMarked;
