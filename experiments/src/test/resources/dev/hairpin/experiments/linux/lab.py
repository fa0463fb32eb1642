"""Puts frames through the running kernel's bridge and macvlan, one at a time, and tells who received them.

Reads one JSON object from standard input:

    nic     whether there is one, of macvlan devices, beside the bridge
    needs   what not every kernel has: vlan_filtering, mab, fdb_max_learned
    vfs     the macvlan devices: name, address, mode, groups to join, all_groups
    hairpin whether the bridge reflects on its port to the NIC
    ports   the bridge's other ports, each a veth to a station: name, hairpin
    fdb     what the bridge knows at the start: address, port ("uplink" is the one to the NIC)
    rounds  commands (at: a device, or "bridge"; line), and then frames: from (a device or port), octets in hex

Writes JSON lines: {"missing": what} when this machine cannot do it, {"lacking": what} when its kernel has not what this
needs, {"failed": why}, or

    {"kernel": release, "listening": {device: the group addresses its filter has}}
    {"received": {end: copies}, "refused": why or null}      for each frame, in order

Ends are the devices, the ports, and "uplink.up" and "uplink.down", the wire between NIC and bridge.

Everything is in network namespaces without names, which this process holds and which end with it, however it ends. It
leaves the namespace it was started in before it does anything.
"""

import contextlib
import ctypes
import errno
import fcntl
import json
import os
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time

CLONE_NEWNET = 0x40000000
ETH_P_ALL = 3
EXPERIMENTAL = bytes.fromhex("88b5")
SIOCGIFFLAGS, IFF_RUNNING = 0x8913, 0x40
SOL_PACKET, PACKET_STATISTICS, PACKET_AUXDATA, PACKET_IGNORE_OUTGOING = 263, 6, 8, 23
PACKET_OUTGOING = 4
VLAN_VALID, VLAN_TPID_VALID = 0x10, 0x40

RTM_NEWLINK, RTM_GETLINK, NLMSG_ERROR, NLM_F_REQUEST, NLM_F_ACK, NLA_F_NESTED = 16, 18, 2, 1, 4, 0x8000
IFLA_LINKINFO = 18
# Of an option: the attributes of its kind and of what is set of that, its own number, and octets (linux/if_link.h).
NETLINK = {
    "fdb_max_learned": ((1, b"bridge"), 2, 49, 4),
    "mab": ((4, b"bridge"), 5, 40, 1),
}

# No test takes as long: past it the process ends, and what it made with it.
LIMIT_SECONDS = 110
# How long something may take that takes microseconds on an idle machine.
PATIENCE_SECONDS = 20
# Devices that a frame passes from end to end, and some.
STEPS = 8
# After how many frames everything is waited for; a macvlan device queues up to 1,000 for its worker.
WAIT_FOR_ALL = 20
# A macvlan device's multicast filter has 256 bits; see Lab.function.
DEVICES_TRIED = 60

BROADCAST = "ff:ff:ff:ff:ff:ff"
WATCH_ADDRESS = "02:00:00:00:fe:ed"

libc = ctypes.CDLL(None, use_errno=True)


class Missing(Exception):
    """This machine lacks what it takes."""


class Lacking(Exception):
    """The kernel has not what this set-up needs."""


class Failed(Exception):
    """Something that should work did not."""


def octets_of(address):
    return bytes.fromhex(address.replace(":", ""))


def attribute(number, value):
    """As netlink has it."""
    return struct.pack("HH", 4 + len(value), number) + value + bytes(-len(value) % 4)


class Namespace:
    """A network namespace of ours, silent: no IPv6, and so no neighbour or listener discovery."""

    def __init__(self):
        if libc.unshare(CLONE_NEWNET) != 0:
            raise Missing("network namespaces: " + os.strerror(ctypes.get_errno()))
        self.fd = os.open("/proc/self/ns/net", os.O_RDONLY)
        self.path = f"/proc/{os.getpid()}/fd/{self.fd}"
        for which in ("all", "default"):
            with contextlib.suppress(FileNotFoundError):
                with open(f"/proc/sys/net/ipv6/conf/{which}/disable_ipv6", "w") as setting:
                    setting.write("1")

    def enter(self):
        if libc.setns(self.fd, CLONE_NEWNET) != 0:
            raise Failed("setns: " + os.strerror(ctypes.get_errno()))

    def ip(self, *lines, tool="ip"):
        """Lines of ip(8), or of bridge(8)."""
        self.enter()
        done = subprocess.run([tool, "-batch", "-"], input="\n".join(lines) + "\n", capture_output=True, text=True)
        if done.returncode != 0:
            raise Failed(f"{tool}: {'; '.join(lines)}: {done.stderr.strip()}")

    def netlink(self, device, option, value):
        """Sets an option of a bridge, or of a port of one, that ip(8) may not know, and makes sure that it is set."""
        kind, data, number, size = NETLINK[option]
        self.enter()
        asked = attribute(number, value.to_bytes(size, sys.byteorder))
        info = attribute(IFLA_LINKINFO, attribute(kind[0], kind[1] + bytes(1)) + attribute(data | NLA_F_NESTED, asked))
        head = struct.pack("BxHiII", 0, 0, socket.if_nametoindex(device), 0, 0)
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE) as route:
            for what, flags, body in ((RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK, head + info), (RTM_GETLINK, NLM_F_REQUEST, head)):
                route.send(struct.pack("IHHII", 16 + len(body), what, flags, 1, 0) + body)
                answer = route.recv(1 << 16)
                if struct.unpack_from("H", answer, 4)[0] == NLMSG_ERROR:
                    error = -struct.unpack_from("i", answer, 16)[0]
                    if error:
                        raise OSError(error, os.strerror(error))
        if asked not in answer:
            raise Failed(f"{option} of {device} does not become {value}")

    def sender(self, device):
        self.enter()
        made = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        made.bind((device, 0))
        return made

    def receiver(self, device, both_ways=False):
        self.enter()
        made = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        made.setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)
        made.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 0 if both_ways else 1)
        made.bind((device, ETH_P_ALL))
        made.setblocking(False)
        return made


def untagged(octets):
    """Without tags and without padding, for a tag comes and goes and the length with it."""
    at = 12
    while octets[at : at + 2] in (b"\x81\x00", b"\x88\xa8"):
        at += 4
    return octets[:12] + octets[at:].rstrip(b"\0")


class Clock:
    """Two devices, apart from all others, and what goes from one to the other."""

    def __init__(self):
        space = Namespace()
        space.ip("link add tick type veth peer name tock", "link set tick up", "link set tock up")
        self.sender = space.sender("tick")
        self.receiver = space.receiver("tock")
        self.receiver.setblocking(True)
        self.receiver.settimeout(PATIENCE_SECONDS)
        self.ticks = 0

    def tick(self):
        self.ticks += 1
        frame = octets_of(BROADCAST) + octets_of(WATCH_ADDRESS) + EXPERIMENTAL + struct.pack(">Q", self.ticks) + bytes(38)
        self.sender.send(frame)
        try:
            while self.receiver.recv(64) != frame:
                pass
        except TimeoutError as late:
            raise Failed("the clock stands still") from late


class Lab:
    def __init__(self, request):
        self.request = request
        self.frames = [frame for part in request["rounds"] for frame in part["frames"]]
        self.senders = {}
        self.receivers = {}
        self.poller = select.poll()
        self.by_fd = {}
        self.waiting = set()
        self.sentinel = b""
        self.sentinels = 0
        self.sent = {}
        self.bare = {}
        self.heard = []
        self.strange = []
        self.bridge = Namespace()
        self.require("bridge", "veth", *(["macvlan"] if request["nic"] else []))
        for feature in request["needs"]:
            self.need(feature)
        self.clock = Clock()
        self.stations = {}
        self.wire_bridge()
        self.functions = {}
        if request["nic"]:
            self.wire_nic()
        self.teach()

    def require(self, *kinds):
        """Tries, where it hurts nobody, whether the kernel has such devices."""
        made = {
            "bridge": "link add relay type bridge",
            "veth": "link add here type veth peer name there",
            "macvlan": "link add over link here type macvlan",
        }
        trial = Namespace()
        for kind in kinds:
            try:
                trial.ip(made[kind])
            except Failed as failed:
                raise Missing(f"{kind} in the kernel: {failed}") from failed
        self.bridge.enter()
        os.close(trial.fd)

    def need(self, feature):
        trial = Namespace()
        trial.ip("link add relay type bridge", "link add port type veth peer name other", "link set port master relay")
        try:
            if feature == "vlan_filtering":
                trial.ip("link set relay type bridge vlan_filtering 1")
            else:
                trial.netlink("relay" if feature == "fdb_max_learned" else "port", feature, 0)
        except (Failed, OSError) as failed:
            raise Lacking(f"{feature}: {failed}") from failed
        finally:
            self.bridge.enter()
            os.close(trial.fd)

    def wire_bridge(self):
        lines = ["link add bridge type bridge mcast_snooping 0", "link set bridge up"]
        for port in self.request["ports"]:
            name, station = port["name"], Namespace()
            self.stations[name] = station
            lines += [
                f"link add {name} type veth peer name {name} netns {station.path}",
                f"link set {name} master bridge up",
                f"link set {name} type bridge_slave hairpin {'on' if port['hairpin'] else 'off'}",
            ]
        self.bridge.ip(*lines)
        for name, station in self.stations.items():
            station.ip(f"link set {name} up")
            self.attach(name, station, name)
        for port in self.request["ports"]:
            self.await_link(self.bridge, port["name"])

    def wire_nic(self):
        self.nic = Namespace()
        self.bridge.ip(
            f"link add uplink type veth peer name lower netns {self.nic.path}",
            "link set uplink master bridge up",
            f"link set uplink type bridge_slave hairpin {'on' if self.request['hairpin'] else 'off'}",
        )
        self.nic.ip("link set lower up")
        self.await_link(self.bridge, "uplink")
        self.await_link(self.nic, "lower")
        self.onto_wire = self.bridge.sender("uplink")
        for function in self.request["vfs"]:
            self.functions[function["name"]] = self.function(function)
        self.receive("uplink", self.bridge.receiver("uplink", both_ways=True))

    def function(self, wanted):
        """A macvlan device in a namespace of its own.

        Its multicast filter is a hash of 256 bits into which the device's place in memory goes, so that by chance it
        passes a group that nobody joined. A device with which that happens for one of the groups at hand is replaced.
        """
        name = wanted["name"]
        groups = {bytes.fromhex(frame["octets"])[:6] for frame in self.frames}
        groups = {group for group in groups if len(group) == 6 and group[0] & 1 and group != octets_of(BROADCAST)}
        rejected = []
        for _ in range(DEVICES_TRIED):
            space = Namespace()
            self.nic.ip(
                f"link add link lower name {name} address {wanted['address']} type macvlan mode {wanted['mode']}",
                f"link set {name} netns {space.path}",
            )
            space.ip(
                # Anew, for a device in mode passthru was given that of the lower device.
                f"link set {name} address {wanted['address']} up",
                f"link set {name} allmulticast {'on' if wanted['all_groups'] else 'off'}",
            )
            for group in wanted["groups"]:
                # One by one: ip ends behind this command, and the rest of a batch is left undone.
                space.ip(f"maddr add {group} dev {name}")
            self.await_link(space, name)
            self.attach(name, space, name)
            if wanted["all_groups"] or wanted["mode"] == "source":
                return space
            # The filter looks at the last four octets, so a group with those of a joined one passes with every device.
            joined = {octets_of(group)[2:] for group in self.listening(space, name)}
            chance = {group for group in self.passing(name, groups) if group[2:] not in joined}
            if not chance:
                return space
            self.detach(name)
            space.ip(f"link set {name} down")
            rejected.append(space)
        raise Failed(f"{name}: none of {DEVICES_TRIED} devices kept out the groups that it has not joined")

    def passing(self, name, groups):
        """Which groups the filter of a device lets pass, asked from the wire."""
        self.sent = {}
        self.heard = [{} for _ in groups]
        asked = sorted(groups)
        for number, group in enumerate(asked):
            frame = group + octets_of(WATCH_ADDRESS) + EXPERIMENTAL + struct.pack(">I", number) + bytes(42)
            self.sent[frame] = number
            self.onto_wire.send(frame)
        self.settle(self.onto_wire, {name})
        return [group for group, heard in zip(asked, self.heard) if name in heard]

    def listening(self, space, name):
        space.enter()
        with open("/proc/net/dev_mcast") as table:
            rows = [row.split() for row in table]
        return [":".join(row[4][at : at + 2] for at in range(0, 12, 2)) for row in rows if row[1] == name]

    def teach(self):
        lines = [f"fdb add {entry['address']} dev {entry['port']} master dynamic" for entry in self.request["fdb"]]
        if lines:
            self.bridge.ip(*lines, tool="bridge")

    def attach(self, end, space, device):
        self.await_link(space, device)
        self.senders[end] = space.sender(device)
        self.receive(end, space.receiver(device))

    def detach(self, end):
        self.senders.pop(end).close()
        receiver = self.receivers.pop(end)
        self.poller.unregister(receiver)
        del self.by_fd[receiver.fileno()]
        receiver.close()

    def receive(self, end, receiver):
        self.receivers[end] = receiver
        self.by_fd[receiver.fileno()] = end
        self.poller.register(receiver, select.POLLIN)

    def await_link(self, space, device):
        """Links come up behind the command that asks for it."""
        space.enter()
        limit = time.monotonic() + PATIENCE_SECONDS
        with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0) as asking:
            question = struct.pack("16sh14x", device.encode(), 0)
            while not struct.unpack("16sh14x", fcntl.ioctl(asking, SIOCGIFFLAGS, question))[1] & IFF_RUNNING:
                if time.monotonic() > limit:
                    raise Failed(f"{device} does not come up")
                time.sleep(0.001)

    def do(self, at, line):
        space = self.bridge if at == "bridge" else self.functions[at]
        tool, words = line.split(maxsplit=1)
        if tool == "netlink":
            device, option, value = words.split()
            space.netlink(device, option, int(value))
        else:
            space.ip(words, tool=tool)

    def pass_on(self):
        """Waits until what was sent is through all the kernel's queues but those of macvlan's workers.

        Every device hands on through the one queue of this processor, and so does the clock: when a frame sent behind
        it comes out, all before has made one step.
        """
        for _ in range(STEPS):
            self.clock.tick()
        self.collect(0)

    def settle_all(self):
        """Likewise, the workers' queues too: one of group frames for all devices that can be waited for."""
        self.pass_on()
        waited = {vf["name"] for vf in self.request["vfs"] if vf["mode"] != "source"}
        if waited:
            for _ in range(2):
                self.settle(self.onto_wire, waited)
            self.pass_on()

    def settle(self, by, ends):
        """Sends a broadcast behind all that is under way, and waits until it has reached every end."""
        self.sentinels += 1
        head = octets_of(BROADCAST) + octets_of(WATCH_ADDRESS) + EXPERIMENTAL + b"sentinel"
        self.sentinel = head + struct.pack(">I", self.sentinels) + bytes(34)
        self.waiting = set(ends)
        by.send(self.sentinel)
        limit = time.monotonic() + PATIENCE_SECONDS
        while self.waiting:
            if time.monotonic() > limit:
                raise Failed(f"no sentinel at {' '.join(sorted(self.waiting))}")
            self.collect(100)

    def collect(self, milliseconds):
        for fd, _ in self.poller.poll(milliseconds):
            end = self.by_fd[fd]
            with contextlib.suppress(BlockingIOError):
                while True:
                    self.collect_one(end, self.receivers[end])

    def collect_one(self, end, receiver):
        octets, ancillary, _, sender = receiver.recvmsg(65535, 64)
        for level, kind, value in ancillary:
            if level == SOL_PACKET and kind == PACKET_AUXDATA:
                status, _, _, _, _, tci, tpid = struct.unpack("IIIHHHH", value[:20])
                if status & VLAN_VALID:
                    tpid = tpid if status & VLAN_TPID_VALID else 0x8100
                    octets = octets[:12] + struct.pack(">HH", tpid, tci) + octets[12:]
        if end == "uplink":
            end = "uplink.down" if sender[2] == PACKET_OUTGOING else "uplink.up"
        if octets == self.sentinel:
            self.waiting.discard(end)
        elif self.known(octets) in self.sent:
            heard = self.heard[self.sent[self.known(octets)]]
            heard[end] = heard.get(end, 0) + 1
        elif EXPERIMENTAL in octets[12:22] and octets[6:12] != octets_of(WATCH_ADDRESS):
            self.strange.append(f"{end}: {octets.hex()}")

    def known(self, octets):
        """The frame as it was sent: a bridge that tells VLANs apart puts tags on and takes them off."""
        return octets if octets in self.sent else self.bare.get(untagged(octets), octets)

    def run(self):
        frames = [bytes.fromhex(frame["octets"]) for frame in self.frames]
        self.sent = {octets: number for number, octets in enumerate(frames)}
        if len(self.sent) != len(frames):
            raise Failed("two frames are the same")
        if "vlan_filtering" in self.request["needs"]:
            self.bare = {untagged(octets): octets for octets in frames}
        self.heard = [{} for _ in frames]
        refused = [None] * len(frames)
        number = 0
        for part in self.request["rounds"]:
            self.settle_all()
            for command in part["commands"]:
                self.do(command["at"], command["line"])
            for frame in part["frames"]:
                try:
                    self.senders[frame["from"]].send(frames[number])
                except OSError as error:
                    refused[number] = errno.errorcode[error.errno]
                # Past the bridge, which is what remembers, before the next is sent. Devices get group frames from a
                # worker of the kernel that may be long in coming: they are waited for now and then, so that its queue
                # stays short.
                self.pass_on()
                if number % WAIT_FOR_ALL == 0:
                    self.settle_all()
                number += 1
        self.settle_all()
        for end, receiver in self.receivers.items():
            _, lost = struct.unpack("II", receiver.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8))
            if lost:
                raise Failed(f"{end}: {lost} frames did not fit into the socket's buffer")
        if self.strange:
            raise Failed(f"frames that nobody sent: {self.strange[:5]}")
        return zip(self.heard, refused)


def tell(line):
    print(json.dumps(line), flush=True)


def main():
    request = json.load(sys.stdin)
    if os.geteuid() != 0:
        raise Missing("root")
    for tool in ("ip", "bridge"):
        if shutil.which(tool) is None:
            raise Missing(f"{tool} (iproute2)")
    # On one processor: what is sent later stays behind in every queue up to the bridge and the devices.
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    lab = Lab(request)
    tell(
        {
            "kernel": os.uname().release,
            "listening": {name: lab.listening(space, name) for name, space in lab.functions.items()},
        }
    )
    for received, refused in lab.run():
        tell({"received": received, "refused": refused})


if __name__ == "__main__":
    signal.alarm(LIMIT_SECONDS)
    try:
        main()
    except Lacking as lacking:
        tell({"lacking": str(lacking)})
    except Missing as missing:
        tell({"missing": str(missing)})
    except Failed as failed:
        tell({"failed": str(failed)})
