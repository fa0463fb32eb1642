"""Puts frames through the running kernel's bridge and macvlan, one at a time, and tells who received them.

Reads one JSON object from standard input:

    mode    of the macvlan devices, "bridge" or "vepa"; empty for a bridge without a NIC
    vfs     the macvlan devices: name, address, groups to join, all_groups
    hairpin whether the bridge reflects on its port to the NIC
    ports   the bridge's other ports, each a veth to a station: name, hairpin
    watch   the one of those ports that sends sentinels
    fdb     what the bridge knows at the start: address, port ("uplink" is the one to the NIC)
    frames  from (a device or port), octets in hex

Writes JSON lines: {"missing": what} when this machine cannot do it, or {"failed": why}, or

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

# No test takes as long: past it the process ends, and what it made with it.
LIMIT_SECONDS = 110
# How long something may take that takes microseconds on an idle machine.
PATIENCE_SECONDS = 20
# After how many frames everything is waited for; a macvlan device queues up to 1,000 for its worker.
WAIT_FOR_ALL = 20
# A macvlan device's multicast filter has 256 bits; see Lab.function.
DEVICES_TRIED = 60

BROADCAST = "ff:ff:ff:ff:ff:ff"
WATCH_ADDRESS = "02:00:00:00:fe:ed"

libc = ctypes.CDLL(None, use_errno=True)


class Missing(Exception):
    """This machine lacks what it takes."""


class Failed(Exception):
    """Something that should work did not."""


def octets_of(address):
    return bytes.fromhex(address.replace(":", ""))


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


class Lab:
    def __init__(self, request):
        self.request = request
        self.senders = {}
        self.receivers = {}
        self.poller = select.poll()
        self.by_fd = {}
        self.waiting = set()
        self.sentinel = b""
        self.sentinels = 0
        self.sent = {}
        self.heard = []
        self.strange = []
        self.bridge = Namespace()
        self.require("bridge", "veth", *(["macvlan"] if request["mode"] else []))
        self.stations = {}
        self.wire_bridge()
        self.functions = {}
        if request["mode"]:
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

    def wire_bridge(self):
        lines = ["link add br0 type bridge mcast_snooping 0", "link set br0 up"]
        for port in self.request["ports"]:
            name, station = port["name"], Namespace()
            self.stations[name] = station
            lines += [
                f"link add {name} type veth peer name {name} netns {station.path}",
                f"link set {name} master br0 up",
                f"link set {name} type bridge_slave hairpin {'on' if port['hairpin'] else 'off'}",
            ]
        self.bridge.ip(*lines)
        for name, station in self.stations.items():
            station.ip(f"link set {name} up")
            self.attach(name, station, name)
        for port in self.request["ports"]:
            self.await_link(self.bridge, port["name"])
        self.watch = self.senders[self.request["watch"]]

    def wire_nic(self):
        self.nic = Namespace()
        self.bridge.ip(
            f"link add uplink type veth peer name lower netns {self.nic.path}",
            "link set uplink master br0 up",
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
        groups = {bytes.fromhex(frame["octets"])[:6] for frame in self.request["frames"]}
        groups = {group for group in groups if len(group) == 6 and group[0] & 1 and group != octets_of(BROADCAST)}
        rejected = []
        for _ in range(DEVICES_TRIED):
            space = Namespace()
            self.nic.ip(
                f"link add link lower name {name} address {wanted['address']} type macvlan mode {self.request['mode']}",
                f"link set {name} netns {space.path}",
            )
            space.ip(
                f"link set {name} up",
                f"link set {name} allmulticast {'on' if wanted['all_groups'] else 'off'}",
            )
            for group in wanted["groups"]:
                # One by one: ip ends behind this command, and the rest of a batch is left undone.
                space.ip(f"maddr add {group} dev {name}")
            self.await_link(space, name)
            self.attach(name, space, name)
            if wanted["all_groups"]:
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
        elif octets in self.sent:
            heard = self.heard[self.sent[octets]]
            heard[end] = heard.get(end, 0) + 1
        elif EXPERIMENTAL in octets[12:22] and octets[6:12] != octets_of(WATCH_ADDRESS):
            self.strange.append(f"{end}: {octets.hex()}")

    def run(self):
        frames = [bytes.fromhex(frame["octets"]) for frame in self.request["frames"]]
        self.sent = {octets: number for number, octets in enumerate(frames)}
        if len(self.sent) != len(frames):
            raise Failed("two frames are the same")
        self.heard = [{} for _ in frames]
        refused = [None] * len(frames)
        ends = set(self.receivers) - {self.request["watch"], "uplink"}
        if self.request["mode"]:
            ends.add("uplink.down")
        self.settle(self.watch, ends)
        for number, octets in enumerate(frames):
            try:
                self.senders[self.request["frames"][number]["from"]].send(octets)
            except OSError as error:
                refused[number] = errno.errorcode[error.errno]
            # Past the bridge, which is what remembers, before the next is sent. Devices get group frames from a worker
            # of the kernel that may be long in coming: they are waited for now and then, so that its queue stays short.
            self.settle(self.watch, ends if number % WAIT_FOR_ALL == 0 else ends - set(self.functions))
        for _ in range(3):
            self.settle(self.watch, ends)
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
    except Missing as missing:
        tell({"missing": str(missing)})
    except Failed as failed:
        tell({"failed": str(failed)})
