package dev.hairpin.model.management;

import dev.hairpin.model.privilege.Resource;
import java.util.Optional;

/** What an operating system asks of its function, as Linux does by ioctl and netlink. */
public sealed interface GuestRequest {
    /** The resource that it is about; none for what a guest may always do with its own function. */
    default Optional<Resource> resource() {
        return Optional.empty();
    }

    /** About unicast addresses. */
    sealed interface OfAddress extends GuestRequest {
        @Override
        default Optional<Resource> resource() {
            return Optional.of(Resource.MAC);
        }
    }

    /** About VLANs. */
    sealed interface OfVlan extends GuestRequest {
        @Override
        default Optional<Resource> resource() {
            return Optional.of(Resource.VLAN);
        }
    }

    /** About more than is meant for the function. */
    sealed interface OfPromiscuity extends GuestRequest {
        @Override
        default Optional<Resource> resource() {
            return Optional.of(Resource.PROMISCUITY);
        }
    }

    /** Another address: {@code ip link set dev eth0 address M}. */
    record SetAddress(long mac) implements OfAddress {}

    /** One more unicast address, as of a macvlan above it: {@code bridge fdb add M dev eth0}. */
    record AddAddress(long mac) implements OfAddress {}

    /** One of those less. */
    record RemoveAddress(long mac) implements OfAddress {}

    /** To get a group: {@code ip maddr add G dev eth0}. */
    record JoinGroup(long group) implements GuestRequest {}

    /** No longer to get it. */
    record LeaveGroup(long group) implements GuestRequest {}

    /** To be in a VLAN: {@code ip link add link eth0 name eth0.10 type vlan id 10}. */
    record JoinVlan(int vid) implements OfVlan {}

    /** No longer to be in it: {@code ip link del eth0.10}. */
    record LeaveVlan(int vid) implements OfVlan {}

    /** To get everything: {@code promisc on}. */
    record Promiscuous(boolean on) implements OfPromiscuity {}

    /** To get all groups: {@code allmulticast on}. */
    record AllMulticast(boolean on) implements OfPromiscuity {}

    /** The longest packet, octets without Ethernet's header: {@code mtu N}. */
    record Mtu(int octets) implements GuestRequest {}

    /** To be used, or no longer: {@code up}, {@code down}. */
    record Link(boolean up) implements GuestRequest {}
}
