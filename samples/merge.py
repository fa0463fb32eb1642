#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Put the frames of classic pcap files, one per bridge port, in order of time.

    merge.py OUT.pcapng NAME=PORT.pcap [NAME=PORT.pcap ...]
    merge.py OUT.pcap   NAME=PORT.pcap

A pcapng file has an interface for each input, with the name given.  Nothing
else goes into the file's headers: no hardware, operating system, application,
filter or comment.

An input may be out of order by microseconds itself (frames that two processors
took), so everything is sorted, not just merged.
"""

import struct
import sys

SNAPLEN = 262144


def records(path, interface):
    with open(path, "rb") as f:
        head = f.read(24)
        if struct.unpack("<I", head[:4])[0] != 0xa1b2c3d4:
            sys.exit(f"{path}: not a little-endian microsecond pcap")
        if struct.unpack("<I", head[20:])[0] != 1:
            sys.exit(f"{path}: not Ethernet")
        while head := f.read(16):
            sec, usec, caplen, length = struct.unpack("<IIII", head)
            yield sec * 1000000 + usec, interface, length, f.read(caplen)


def write_pcap(f, frames):
    f.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, SNAPLEN, 1))
    for stamp, _, length, data in frames:
        f.write(struct.pack("<IIII", stamp // 1000000, stamp % 1000000,
                            len(data), length) + data)


def option(code, value):
    return (struct.pack("<HH", code, len(value)) + value
            + bytes(-len(value) % 4))


def block(kind, body):
    body += bytes(-len(body) % 4)
    size = struct.pack("<I", len(body) + 12)
    return struct.pack("<I", kind) + size + body + size


def write_pcapng(f, frames, names):
    # Section header: byte order, version 1.0, length not given.
    f.write(block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)))
    for name in names:
        # Interface: Ethernet, snapshot length; if_name; if_tsresol 1 us.
        f.write(block(1, struct.pack("<HHI", 1, 0, SNAPLEN)
                      + option(2, name.encode()) + option(9, b"\x06")
                      + option(0, b"")))
    for stamp, interface, length, data in frames:
        f.write(block(6, struct.pack(
            "<IIIII", interface, stamp >> 32, stamp & 0xffffffff,
            len(data), length) + data))


def main():
    out, inputs = sys.argv[1], [a.split("=", 1) for a in sys.argv[2:]]
    frames = [frame for n, (_, path) in enumerate(inputs)
              for frame in records(path, n)]
    frames.sort(key=lambda frame: frame[0])
    with open(out, "wb") as f:
        if out.endswith(".pcapng"):
            write_pcapng(f, frames, [name for name, _ in inputs])
        else:
            write_pcap(f, frames)


if __name__ == "__main__":
    main()
