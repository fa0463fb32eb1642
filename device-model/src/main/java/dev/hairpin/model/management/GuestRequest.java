package dev.hairpin.model.management;

import dev.hairpin.model.privilege.Resource;
import java.util.Optional;

/** What an operating system asks of its function, as Linux does by ioctl and netlink. */
public sealed interface GuestRequest {
    /** The resource that it is about; none for what a guest may always do with its own function. */
    default Optional<Resource> resource() {
        return Optional.empty();
    }

    /** Another address: {@code ip link set dev eth0 address M}. */
    record SetAddress(long mac) implements GuestRequest {
        @Override
        public Optional<Resource> resource() {
            return Optional.of(Resource.MAC);
        }
    }

    /** One more unicast address, as of a macvlan above it: {@code bridge fdb add M dev eth0}. */
    record AddAddress(long mac) implements GuestRequest {
        @Override
        public Optional<Resource> resource() {
            return Optional.of(Resource.MAC);
        }
    }

    /** One of those less. */
    record RemoveAddress(long mac) implements GuestRequest {
        @Override
        public Optional<Resource> resource() {
            return Optional.of(Resource.MAC);
        }
    }

    /** To get a group: {@code ip maddr add G dev eth0}. */
    record JoinGroup(long group) implements GuestRequest {}

    /** No longer to get it. */
    record LeaveGroup(long group) implements GuestRequest {}

    /** To be in a VLAN: {@code ip link add link eth0 name eth0.10 type vlan id 10}. */
    record JoinVlan(int vid) implements GuestRequest {
        @Override
        public Optional<Resource> resource() {
            return Optional.of(Resource.VLAN);
        }
    }

    /** No longer to be in it: {@code ip link del eth0.10}. */
    record LeaveVlan(int vid) implements GuestRequest {
        @Override
        public Optional<Resource> resource() {
            return Optional.of(Resource.VLAN);
        }
    }

    /** To get everything: {@code promisc on}. */
    record Promiscuous(boolean on) implements GuestRequest {
        @Override
        public Optional<Resource> resource() {
            return Optional.of(Resource.PROMISCUITY);
        }
    }

    /** To get all groups: {@code allmulticast on}. */
    record AllMulticast(boolean on) implements GuestRequest {
        @Override
        public Optional<Resource> resource() {
            return Optional.of(Resource.PROMISCUITY);
        }
    }

    /** The longest packet, octets without Ethernet's header: {@code mtu N}. */
    record Mtu(int octets) implements GuestRequest {}

    /** To be used, or no longer: {@code up}, {@code down}. */
    record Link(boolean up) implements GuestRequest {}
}
