#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The hosts' side of record.sh: small servers, clients, multicast and so on.

Every subcommand is one role that one host plays, with ordinary sockets, so
that the frames on the wire are made by the kernel's own stack (ARP, ND, TCP,
IGMP and MLD included).  The exceptions are "query", which speaks as a
multicast router would, and "tag", a two-port 802.1Q tagger in user space for
kernels that have no VLAN sub-interfaces.

Only the standard library is used.  All sizes come from seeded generators, and
payloads are readable text, so that the captures compress well.
"""

import argparse
import asyncio
import random
import select
import socket
import struct
import time

TCP_FILE = 8080   # "GET <bytes> <bytes per second>\n" -> that many bytes
TCP_CHAT = 7007   # a line in, a line out
UDP_ECHO = 7      # a datagram in, a datagram out
UDP_SINK = 5004   # one-way streams
SIZES = (32, 48, 64, 64, 96, 128, 160, 256, 400)


def text(size, label="hairpin sample"):
    """Readable filler of exactly `size` bytes."""
    unit = (label + " ").encode()
    return (unit * (size // len(unit) + 1))[:size]


def family(host):
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def qname(name):
    """A domain name as DNS messages have it."""
    return b"".join(bytes([len(part)]) + part.encode()
                    for part in name.split(".")) + b"\0"


def pause(gap, rng):
    time.sleep(gap * rng.uniform(0.5, 1.5))


# --- servers ---------------------------------------------------------------

async def serve_file(reader, writer):
    try:
        while line := await reader.readline():
            _, size, rate = line.split()
            left, rate = int(size), int(rate)
            while left:
                part = min(left, 2896)
                writer.write(text(part, "hairpin sample file"))
                await writer.drain()
                left -= part
                await asyncio.sleep(part / rate)
    except (ConnectionError, ValueError):
        pass
    finally:
        writer.close()


async def serve_chat(reader, writer):
    try:
        while line := await reader.readline():
            writer.write(b"re: " + line)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


class Echo(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, addr):
        self.transport.sendto(b"re: " + data, addr)


class Sink(asyncio.DatagramProtocol):
    pass


def dual_stack(kind, port):
    sock = socket.socket(socket.AF_INET6, kind)
    sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("::", port))
    return sock


def serve(_):
    """Everything that the unicast clients below talk to."""
    async def main():
        loop = asyncio.get_running_loop()
        for port, handler in ((TCP_FILE, serve_file), (TCP_CHAT, serve_chat)):
            await asyncio.start_server(
                handler, sock=dual_stack(socket.SOCK_STREAM, port))
        for port, proto in ((UDP_ECHO, Echo), (UDP_SINK, Sink)):
            await loop.create_datagram_endpoint(
                proto, sock=dual_stack(socket.SOCK_DGRAM, port))
        await asyncio.Event().wait()
    asyncio.run(main())


# --- unicast clients ---------------------------------------------------------

def fetch(args):
    """TCP downloads, one connection each, the rate kept by the server."""
    rng = random.Random(args.seed)
    for _ in range(args.count):
        with socket.create_connection((args.host, TCP_FILE), timeout=30) as s:
            size = max(1, int(args.size * rng.uniform(0.5, 1.5)))
            s.sendall(b"GET %d %d\n" % (size, args.rate))
            while size > 0:
                got = s.recv(65536)
                if not got:
                    raise SystemExit("fetch: connection ended early")
                size -= len(got)
        pause(args.gap, rng)


def chat(args):
    """One long TCP connection with short lines both ways."""
    rng = random.Random(args.seed)
    with socket.create_connection((args.host, TCP_CHAT), timeout=30) as s:
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        replies = s.makefile("rb")
        for n in range(args.count):
            s.sendall(text(rng.choice(SIZES), f"line {n}") + b"\n")
            replies.readline()
            pause(args.gap, rng)


def rpc(args):
    """UDP request and reply."""
    rng = random.Random(args.seed)
    with socket.socket(family(args.host), socket.SOCK_DGRAM) as s:
        s.settimeout(2)
        s.connect((args.host, UDP_ECHO))
        for n in range(args.count):
            s.send(text(rng.choice(SIZES), f"request {n}"))
            try:
                s.recv(65536)
            except (TimeoutError, ConnectionRefusedError):
                pass
            pause(args.gap, rng)


def stream(args):
    """A one-way UDP stream like a telephone's: even pace, DSCP EF."""
    with socket.socket(family(args.host), socket.SOCK_DGRAM) as s:
        if s.family == socket.AF_INET6:
            s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_TCLASS, 0xb8)
        else:
            s.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, 0xb8)
        s.connect((args.host, UDP_SINK))
        for n in range(args.count):
            try:
                s.send(struct.pack("!BBHII", 0x80, 0, n, n * 160, args.seed)
                       + b"\xff" * 160)       # RTP header, PCMU silence
            except ConnectionRefusedError:
                pass
            time.sleep(args.gap)


def dns(args):
    """Queries (A and AAAA) to a real name server; names asked in turn."""
    rng = random.Random(args.seed)
    with socket.socket(family(args.host), socket.SOCK_DGRAM) as s:
        s.settimeout(2)
        s.connect((args.host, 53))
        for n in range(args.count):
            name = rng.choice(args.names)
            for qtype in (1, 28):
                s.send(struct.pack("!HHHHHH", rng.getrandbits(16),
                                   0x0100, 1, 0, 0, 0)
                       + qname(name) + struct.pack("!HH", qtype, 1))
                try:
                    s.recv(65536)
                except TimeoutError:
                    pass
            pause(args.gap, rng)


# --- multicast and broadcast ---------------------------------------------------

def join(args):
    """Really join the groups (so that IGMP/MLD reports are sent), listen for a
    while, and leave them again."""
    index = socket.if_nametoindex(args.dev)
    socks = []
    for group in args.groups:
        s = socket.socket(family(group), socket.SOCK_DGRAM)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if s.family == socket.AF_INET6:
            s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        s.bind(("", args.port))
        packed = socket.inet_pton(s.family, group)
        if s.family == socket.AF_INET6:
            s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP,
                         packed + struct.pack("@I", index))
        else:      # struct ip_mreqn
            s.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP,
                         packed + struct.pack("@4si", bytes(4), index))
        socks.append(s)
    end = time.monotonic() + args.seconds
    while (left := end - time.monotonic()) > 0:
        for s in select.select(socks, [], [], left)[0]:
            s.recv(65536)
    for s in socks:
        s.close()


def mcast(args):
    """Send to a group."""
    rng = random.Random(args.seed)
    index = socket.if_nametoindex(args.dev)
    with socket.socket(family(args.host), socket.SOCK_DGRAM) as s:
        if s.family == socket.AF_INET6:
            s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
        else:
            s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF,
                         struct.pack("@4s4si", bytes(4), bytes(4), index))
        for n in range(args.count):
            s.sendto(text(rng.choice(SIZES), f"group message {n}"),
                     (args.host, args.port))
            pause(args.gap, rng)


def mdns(args):
    """Ask for services as multicast DNS does (nobody here answers)."""
    index = socket.if_nametoindex(args.dev)
    v6 = family(args.host) == socket.AF_INET6
    rng = random.Random(args.seed)
    with socket.socket(family(args.host), socket.SOCK_DGRAM) as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if v6:
            s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
            s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 255)
        else:
            s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF,
                         struct.pack("@4s4si", bytes(4), bytes(4), index))
            s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 255)
        s.bind(("", 5353))
        for _ in range(args.count):
            service = rng.choice(("_ipp", "_http", "_ssh", "_smb", "_sip"))
            s.sendto(bytes(4) + struct.pack("!HHHH", 1, 0, 0, 0)
                     + qname(service + "._tcp.local")
                     + struct.pack("!HH", 12, 1), (args.host, 5353))
            pause(args.gap, rng)


def bcast(args):
    """Send UDP broadcasts."""
    rng = random.Random(args.seed)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        for n in range(args.count):
            s.sendto(text(rng.choice(SIZES), f"announcement {n}"),
                     (args.host, args.port))
            pause(args.gap, rng)


def query(args):
    """Speak as the LAN's multicast router: IGMPv3 and MLDv2 general queries,
    which the hosts' kernels answer with reports of what they have joined."""
    index = socket.if_nametoindex(args.dev)
    igmp = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_IGMP)
    igmp.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF,
                    struct.pack("@4s4si", bytes(4), bytes(4), index))
    igmp.setsockopt(socket.IPPROTO_IP, socket.IP_OPTIONS, b"\x94\x04\0\0")
    igmp.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 0)
    mld = socket.socket(socket.AF_INET6, socket.SOCK_RAW,
                        socket.IPPROTO_ICMPV6)
    mld.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
    mld.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 1)
    mld.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_LOOP, 0)
    mld.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_HOPOPTS,
                   b"\0\0\x05\x02\0\0\x01\0")     # router alert, PadN
    # type, code, checksum | maximum response | group | S+QRV, QQIC, sources
    v4 = struct.pack("!BBH4sBBH", 0x11, 30, 0, bytes(4), 2, 20, 0)
    total = sum(struct.unpack("!6H", v4))
    total = (total & 0xffff) + (total >> 16)
    v4 = v4[:2] + struct.pack("!H", 0xffff - total) + v4[4:]
    v6 = struct.pack("!BBHHH16sBBH", 130, 0, 0, 3000, 0, bytes(16), 2, 20, 0)
    for _ in range(args.count):
        igmp.sendto(v4, ("224.0.0.1", 0))
        mld.sendto(v6, ("ff02::1", 0, 0, index))
        time.sleep(args.gap)


# --- an 802.1Q tagger ----------------------------------------------------------

def tag(args):
    """Join untagged interfaces to one tagged interface, in user space.

    What comes in on an untagged interface goes out of the trunk with that
    interface's VLAN ID and, as priority, the upper three bits of its DSCP.
    What comes in on the trunk goes, without its tag, to the interface of its
    VLAN, or nowhere if there is none."""
    sol_packet, auxdata, outgoing = 263, 8, 4

    def raw(dev):
        s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
        s.bind((dev, 3))
        return s

    trunk = raw(args.trunk)
    # The kernel takes the tag of a received frame out of it, and hands it
    # over beside the frame.
    trunk.setsockopt(sol_packet, auxdata, 1)
    access = {}
    for pair in args.access:
        vid, dev = pair.split("=")
        access[int(vid)] = raw(dev)
    vid_of = {s: vid for vid, s in access.items()}
    while True:
        for s in select.select([trunk, *vid_of], [], [])[0]:
            frame, aux, _, addr = s.recvmsg(65536, 256)
            if addr[2] == outgoing:
                continue
            if s is trunk:
                for level, kind, data in aux:
                    if (level, kind) == (sol_packet, auxdata):
                        # struct tpacket_auxdata; status bit 4: tag valid
                        status, _, _, _, _, tci = struct.unpack(
                            "@IIIHHH", data[:18])
                        out = access.get(tci & 0xfff)
                        if status & 0x10 and out:
                            out.send(frame)
            else:
                ether_type = struct.unpack("!H", frame[12:14])[0]
                pcp = 0
                if ether_type == 0x0800:
                    pcp = frame[15] >> 5
                elif ether_type == 0x86dd:
                    pcp = (frame[14] & 0x0f) >> 1
                tci = pcp << 13 | vid_of[s]
                trunk.send(frame[:12] + struct.pack("!HH", 0x8100, tci)
                           + frame[12:])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    sub = parser.add_subparsers(required=True)

    def add(function, *names, **defaults):
        p = sub.add_parser(function.__name__, help=(function.__doc__ or "").split("\n")[0])
        p.set_defaults(function=function)
        for name in names:
            p.add_argument(name)
        for name, default in defaults.items():
            p.add_argument("--" + name, type=type(default), default=default)
        return p

    add(serve)
    add(fetch, "host", size=4000, rate=100000, count=1, gap=1.0, seed=1)
    add(chat, "host", count=100, gap=0.1, seed=1)
    add(rpc, "host", count=100, gap=0.1, seed=1)
    add(stream, "host", count=100, gap=0.02, seed=1)
    add(dns, "host", count=20, gap=1.0, seed=1).add_argument(
        "names", nargs="+")
    add(join, port=5000, seconds=10.0, dev="eth0").add_argument(
        "groups", nargs="+")
    add(mcast, "host", port=5000, count=50, gap=0.5, seed=1, dev="eth0")
    add(mdns, "host", count=20, gap=1.0, seed=1, dev="eth0")
    add(bcast, "host", port=5001, count=50, gap=0.5, seed=1)
    add(query, count=3, gap=20.0, dev="eth0")
    add(tag, "trunk").add_argument("access", nargs="+")
    args = parser.parse_args()
    args.function(args)


if __name__ == "__main__":
    main()
