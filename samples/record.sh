#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# record.sh - record the sample captures of this folder on a LAN made of
# network namespaces.
#
#   sudo ./record.sh [OUTPUT-DIRECTORY]      (default: the script's directory)
#
# Needs root: it makes network namespaces, veth pairs and a Linux bridge, and
# captures on them.  Nothing outside of those namespaces is touched: the
# bridge itself lives in a namespace of its own, and all of them are removed
# when the script ends, however it ends.  Takes about a minute and a half.
#
# Needs: bash, iproute2, ethtool, iputils-ping, tcpdump, dnsmasq-base,
#        python3.  (Debian's names.)
#
# It writes
#   lan.pcapng    a whole LAN: 10 hosts and a router.  Every bridge port is
#                 captured in the inbound direction only, so each frame is
#                 seen exactly once, as it enters the bridge.
#   host.pcap     the port of host h3, both directions, during the same time.
#   vlans.pcapng  a second, smaller LAN: stations in VLANs 10 and 20, frames
#                 802.1Q tagged on the bridge; recorded as lan.pcapng is.
#
# The topology of the first LAN; every host is a namespace:
#
#   h1 ... h10   r1            10.10.0.1 ... .10, r1 .254     fd00:10::1 ...
#    |      |    |
#   =============== bridge     r1 routes to x1, x2, x3, which are hosts of
#                |             other subnets: their IP addresses appear on the
#             x1 x2 x3         LAN behind r1's MAC address.

set -euo pipefail

die() { echo "record.sh: $*" >&2; exit 1; }

[[ $EUID -eq 0 ]] || die "must be run as root (it makes network namespaces)"
for tool in ip ethtool ping tcpdump dnsmasq python3; do
    command -v "$tool" >/dev/null || die "needs $tool, which is not installed"
done

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
out=${1:-$here}
[[ -d $out ]] || die "no such directory: $out"
python=$(python3 -c 'import sys; print(sys.executable)')

prefix=hairpin-$$-        # of the namespaces' names; unique to this run
work=$(mktemp -d)
spaces=()                 # namespaces made so far
servers=()                # processes that run until they are stopped
captures=()               # tcpdump processes
clients=()                # processes that end by themselves

cleanup() {
    local status=$?
    trap - EXIT
    for pid in "${clients[@]}" "${servers[@]}" "${captures[@]}"; do
        kill "$pid" 2>/dev/null || true
    done
    wait 2>/dev/null || true
    for ns in "${spaces[@]}"; do ip netns del "$ns" 2>/dev/null || true; done
    rm -rf -- "$work"
    exit "$status"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# --- building blocks ----------------------------------------------------------

# in_ns NAME COMMAND...: run a command in a namespace.
in_ns() { local ns=$prefix$1; shift; ip netns exec "$ns" "$@"; }

# space NAME: make a namespace.  IPv6 starts disabled on what is put into it,
# so that nobody speaks before the capture runs; see wake().
space() {
    ip netns add "$prefix$1"
    spaces+=("$prefix$1")
    in_ns "$1" sh -c 'echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6
                      echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6'
    ip -n "$prefix$1" link set lo up
}

# cable NS1 DEV1 NS2 DEV2: a veth pair.  Offloads are switched off on both
# sides, so that frames keep to the MTU and carry finished checksums.
cable() {
    ip -n "$prefix$1" link add "$2" type veth peer name "$4" netns "$prefix$3"
    in_ns "$1" ethtool -K "$2" tx off rx off tso off gso off gro off sg off \
        >/dev/null
    in_ns "$3" ethtool -K "$4" tx off rx off tso off gso off gro off sg off \
        >/dev/null
}

# bridge NAME: a namespace with a bridge "br0" in it, and nothing that speaks:
# no address, no spanning tree.  Without multicast snooping it floods groups.
bridge() {
    space "$1"
    ip -n "$prefix$1" link add br0 type bridge stp_state 0 mcast_snooping 0
    ip -n "$prefix$1" link set br0 up
}

# host BRIDGE NAME MAC: a host with "eth0"; its bridge port is named after it.
host() {
    space "$2"
    cable "$2" eth0 "$1" "$2"
    ip -n "$prefix$2" link set eth0 address "$3"
    ip -n "$prefix$1" link set "$2" master br0 up
}

# wake NAME DEV ADDRESS...: bring a host's interface up, and give it addresses.
# This is when IPv6 duplicate address detection and the first MLD reports go
# out.
wake() {
    local name=$1 dev=$2
    shift 2
    in_ns "$name" sh -c "echo 0 >/proc/sys/net/ipv6/conf/all/disable_ipv6
                         echo 0 >/proc/sys/net/ipv6/conf/$dev/disable_ipv6"
    ip -n "$prefix$name" link set "$dev" up
    for address; do
        if [[ $address == *:* ]]; then
            ip -n "$prefix$name" address add "$address" dev "$dev"
        else
            ip -n "$prefix$name" address add "$address" brd + dev "$dev"
        fi
    done
}

# serve NAME COMMAND...: start a process that is stopped at the end.  (Here and
# below "ip netns exec" is not wrapped in a function: it turns into the command,
# so that $! is the command's own process.)
serve() {
    ip netns exec "$prefix$1" "${@:2}" >>"$work/servers.log" 2>&1 &
    servers+=($!)
}

# client NAME COMMAND...: start a process that ends by itself.
client() {
    ip netns exec "$prefix$1" "${@:2}" >>"$work/clients.log" 2>&1 &
    clients+=($!)
}

# does NAME ROLE ARGUMENT...: a client out of traffic.py.
seed=0
does() {
    local name=$1 role=$2
    shift 2
    case $role in
        join|query) client "$name" "$python" "$here/traffic.py" "$role" "$@" ;;
        *) seed=$((seed + 1))
           client "$name" "$python" "$here/traffic.py" "$role" \
               --seed "$seed" "$@" ;;
    esac
}

# pings NAME ADDRESS COUNT [OPTION...]
pings() {
    local name=$1 address=$2 count=$3
    shift 3
    client "$name" ping -n -q -i 0.4 -c "$count" "$@" "$address"
}

# capture BRIDGE PORT DIRECTION FILE: start tcpdump on a port.
capture() {
    ip netns exec "$prefix$1" tcpdump -Z root -i "$2" -Q "$3" -n -s 0 -B 8192 \
        --time-stamp-precision=micro -w "$4" 2>"$4.log" &
    captures+=($!)
    until grep -q 'listening on' "$4.log" 2>/dev/null; do
        kill -0 "${captures[-1]}" 2>/dev/null ||
            die "tcpdump: $(cat "$4.log")"
        sleep 0.05
    done
}

# finish: wait for the clients, then stop the captures and the servers, in
# this order.  The capture started last (host.pcap's) is stopped first, so that
# what it has seen the others have seen too.
finish() {
    for pid in "${clients[@]}"; do
        wait "$pid" || echo "record.sh: a client ended with status $?" >&2
    done
    clients=()
    sleep 1.5
    kill "${captures[-1]}"
    sleep 1.5
    for pid in "${captures[@]:0:${#captures[@]}-1}"; do kill "$pid"; done
    for pid in "${captures[@]}"; do wait "$pid" || true; done
    captures=()
    if grep -h 'dropped by kernel' "$work"/*.log | grep -qv '^0 '; then
        die "tcpdump lost frames; run again on a less busy machine"
    fi
    for pid in "${servers[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in "${servers[@]}"; do wait "$pid" 2>/dev/null || true; done
    servers=()
}

# --- the first LAN: lan.pcapng and host.pcap ---------------------------------

hosts=(h1 h2 h3 h4 h5 h6 h7 h8 h9 h10)

bridge sw
for n in {1..10}; do
    host sw "h$n" "$(printf '02:00:00:00:00:%02x' "$n")"
done
host sw r1 02:00:00:00:00:fe
for n in 1 2 3; do
    space "x$n"
    cable r1 "wan$n" "x$n" eth0
done

inputs=()
for port in "${hosts[@]}" r1; do
    capture sw "$port" in "$work/$port.pcap"
    inputs+=("$port=$work/$port.pcap")
done
capture sw h3 inout "$work/host-raw.pcap"    # last; see finish()

echo "Recording lan.pcapng and host.pcap ..."
wake r1 eth0 10.10.0.254/24 fd00:10::fe/64
wake r1 wan1 198.51.100.1/24 2001:db8:1::1/64
wake r1 wan2 203.0.113.1/24 2001:db8:2::1/64
wake r1 wan3 192.0.2.1/24 2001:db8:3::1/64
in_ns r1 sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward
                echo 1 >/proc/sys/net/ipv6/conf/all/forwarding'
wake x1 eth0 198.51.100.10/24 2001:db8:1::10/64
wake x2 eth0 203.0.113.20/24 2001:db8:2::20/64
wake x3 eth0 192.0.2.30/24 2001:db8:3::30/64
for n in 1 2 3; do
    ip -n "${prefix}x$n" -6 route add default via "2001:db8:$n::1"
done
ip -n "${prefix}x1" route add default via 198.51.100.1
ip -n "${prefix}x2" route add default via 203.0.113.1
ip -n "${prefix}x3" route add default via 192.0.2.1
for n in {1..10}; do
    wake "h$n" eth0 "10.10.0.$n/24" "fd00:10::$n/64"
    ip -n "${prefix}h$n" route add default via 10.10.0.254
    ip -n "${prefix}h$n" -6 route add default via fd00:10::fe
done

# A name server on h1, which knows the hosts and nothing else.
records=("--host-record=r1.lan.example,10.10.0.254,fd00:10::fe")
names=(r1.lan.example nobody.lan.example)
for n in {1..10}; do
    records+=("--host-record=h$n.lan.example,10.10.0.$n,fd00:10::$n")
    names+=("h$n.lan.example")
done
serve h1 dnsmasq --keep-in-foreground --conf-file=/dev/null --pid-file= \
    --user=root --no-resolv --no-hosts --local=/example/ --log-facility=- \
    --local-ttl=60 "${records[@]}"
for name in "${hosts[@]}" x1 x2 x3; do
    serve "$name" "$python" "$here/traffic.py" serve
done
sleep 3     # duplicate address detection ends, servers are up

# Groups: joined for real, by listeners; r1 asks for the memberships.
does r1 query --count 3 --gap 18
does h2 join --seconds 50 239.1.1.1 239.1.1.2 ff15::101
does h3 join --seconds 45 239.1.1.1 ff15::101
does h6 join --seconds 40 239.1.1.1 239.1.1.3 ff15::101 ff15::102
does h7 join --seconds 48 239.1.1.2 ff15::102
does h9 join --seconds 30 239.1.1.3 224.0.0.251 ff02::fb
does h10 join --seconds 52 224.0.0.251 ff02::fb 239.1.1.2
does h5 mcast --count 250 --gap 0.2 239.1.1.1
does h5 mcast --count 150 --gap 0.3 ff15::101
does h4 mcast --count 100 --gap 0.5 239.1.1.2
does h8 mcast --count 80 --gap 0.5 239.1.1.3
does h1 mcast --count 80 --gap 0.6 ff15::102
does h10 mdns --count 30 --gap 1.5 224.0.0.251
does h9 mdns --count 30 --gap 1.5 ff02::fb

# Broadcasts: announcements to the subnet and to everybody.
does h10 bcast --count 120 --gap 0.4 10.10.0.255
does h7 bcast --count 80 --gap 0.6 10.10.0.255
does h4 bcast --count 60 --gap 0.8 255.255.255.255
does h2 bcast --count 60 --gap 0.8 10.10.0.255

# Pings: IPv4 and IPv6, small, of full size, and too large for one frame.
for n in {1..10}; do
    pings "h$n" "10.10.0.$((n % 10 + 1))" 60
    pings "h$n" "fd00:10::$(((n + 2) % 10 + 1))" 60
done
pings h3 10.10.0.8 20 -s 1472
pings h6 fd00:10::2 15 -s 1452
pings h9 10.10.0.4 10 -s 3000
pings h5 198.51.100.10 50
pings h8 203.0.113.20 50
pings h2 2001:db8:3::30 40
pings r1 10.10.0.10 30

# Names.
for n in {2..10}; do
    does "h$n" dns --count 28 --gap 1.7 10.10.0.1 "${names[@]}"
done
does h3 dns --count 20 --gap 2 fd00:10::1 "${names[@]}"

# Telephones: a call between h8 and h9, and one from h7 to somewhere else.
does h8 stream --count 1100 --gap 0.03 10.10.0.9
does h9 stream --count 1100 --gap 0.03 10.10.0.8
does h7 stream --count 500 --gap 0.04 203.0.113.20
does x2 stream --count 500 --gap 0.04 10.10.0.7

# UDP requests and replies.
does h3 rpc --count 300 --gap 0.14 10.10.0.4
does h5 rpc --count 300 --gap 0.14 10.10.0.4
does h6 rpc --count 300 --gap 0.14 fd00:10::4
does h10 rpc --count 250 --gap 0.15 10.10.0.2
does h2 rpc --count 250 --gap 0.15 fd00:10::7
does h1 rpc --count 200 --gap 0.2 10.10.0.6
does x3 rpc --count 150 --gap 0.25 10.10.0.5
does x3 rpc --count 100 --gap 0.3 fd00:10::8

# Long TCP connections with short lines.
does h3 chat --count 300 --gap 0.14 10.10.0.5
does h7 chat --count 300 --gap 0.14 10.10.0.1
does h8 chat --count 250 --gap 0.15 fd00:10::6
does h9 chat --count 250 --gap 0.15 10.10.0.10
does h4 chat --count 250 --gap 0.15 fd00:10::3
does h10 chat --count 250 --gap 0.15 10.10.0.8
does x1 chat --count 200 --gap 0.2 10.10.0.2
does h6 chat --count 200 --gap 0.2 2001:db8:1::10

# Downloads over TCP: many small ones, some large ones, at the same time.
for n in 3 4 5 6 7 8; do
    does "h$n" fetch --count 14 --gap 2.5 --size 3500 10.10.0.2
done
does h9 fetch --count 12 --gap 3 --size 3500 fd00:10::2
does h1 fetch --count 10 --gap 3 --size 3500 198.51.100.10
does h10 fetch --count 10 --gap 3 --size 3500 192.0.2.30
does x1 fetch --count 10 --gap 3 --size 3500 10.10.0.2
does x2 fetch --count 8 --gap 4 --size 3500 fd00:10::2
does h3 fetch --size 220000 --rate 8000 10.10.0.2
does h6 fetch --size 300000 --rate 9000 10.10.0.2
does h8 fetch --size 250000 --rate 8000 fd00:10::5
does h4 fetch --size 200000 --rate 6000 10.10.0.10
does h9 fetch --size 150000 --rate 6000 203.0.113.20
does h2 fetch --size 150000 --rate 6000 10.10.0.9

# Neighbour caches are emptied now and then, so that ARP and ND go on.
for _ in {1..7}; do
    sleep 6
    for name in "${hosts[@]}" r1; do
        ip -n "$prefix$name" neighbour flush dev eth0
    done
done
finish

"$python" "$here/merge.py" "$work/lan.pcapng" "${inputs[@]}"
"$python" "$here/merge.py" "$work/host.pcap" "h3=$work/host-raw.pcap"

# --- the second LAN: vlans.pcapng -----------------------------------------------
#
# Stations a1-a3 are in VLAN 10, b1-b3 in VLAN 20, and the router r2 is in
# both, on one port.  The tags are put on between a station and its port on
# the bridge by "traffic.py tag", so this needs no VLAN support in the kernel:
#
#   a1 eth0 ---- a1-u  [tag]  a1-t ---- a1 (port of br0)
#                untagged     tagged
#
# The bridge takes no notice of tags.  Tagged frames are up to 1518 bytes.

# tagged NAME VID=DEV...: connect a station's interfaces to one tagged port.
# The middle of it is in a namespace of its own.
tagged() {
    local name=$1 vid_dev dev args=()
    shift
    for vid_dev; do
        dev=${vid_dev#*=}
        cable "$name" "$dev" mid "$name-u${vid_dev%=*}"
        ip -n "${prefix}mid" link set "$name-u${vid_dev%=*}" up
        args+=("${vid_dev%=*}=$name-u${vid_dev%=*}")
    done
    cable mid "$name-t" sw2 "$name"
    ip -n "${prefix}mid" link set "$name-t" up
    ip -n "${prefix}sw2" link set "$name" master br0 up
    serve mid "$python" "$here/traffic.py" tag "$name-t" "${args[@]}"
}

bridge sw2
space mid
inputs=()
for vid in 10 20; do
    letter=a; [[ $vid == 20 ]] && letter=b
    for n in 1 2 3; do
        space "$letter$n"
        tagged "$letter$n" "$vid=eth0"
        ip -n "$prefix$letter$n" link set eth0 \
            address "$(printf '02:00:00:00:%s:%02x' "$vid" "$n")"
    done
done
space r2
tagged r2 10=eth10 20=eth20
for dev in eth10 eth20; do
    ip -n "${prefix}r2" link set "$dev" address 02:00:00:00:00:fd
done
for port in a1 a2 a3 b1 b2 b3 r2; do
    capture sw2 "$port" in "$work/$port.pcap"
    inputs+=("$port=$work/$port.pcap")
done
sleep 1

echo "Recording vlans.pcapng ..."
for vid in 10 20; do
    wake r2 "eth$vid" "10.20.$vid.254/24" "fd00:20:$vid::fe/64"
done
in_ns r2 sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward
                echo 1 >/proc/sys/net/ipv6/conf/all/forwarding'
for vid in 10 20; do
    letter=a; [[ $vid == 20 ]] && letter=b
    for n in 1 2 3; do
        wake "$letter$n" eth0 "10.20.$vid.$n/24" "fd00:20:$vid::$n/64"
        ip -n "$prefix$letter$n" route add default via "10.20.$vid.254"
        ip -n "$prefix$letter$n" -6 route add default via "fd00:20:$vid::fe"
        serve "$letter$n" "$python" "$here/traffic.py" serve
    done
done
sleep 3

for letter in a b; do
    vid=10; [[ $letter == b ]] && vid=20
    does "${letter}2" join --seconds 12 239.1.2.1 ff15::201
    does "${letter}3" join --seconds 12 239.1.2.1 ff15::201
    does "${letter}1" mcast --count 30 --gap 0.4 239.1.2.1
    does "${letter}1" mcast --count 20 --gap 0.5 ff15::201
    does "${letter}3" bcast --count 20 --gap 0.6 "10.20.$vid.255"
    pings "${letter}1" "10.20.$vid.2" 25
    pings "${letter}2" "fd00:20:$vid::3" 25
    does "${letter}2" rpc --count 60 --gap 0.2 "10.20.$vid.1"
    does "${letter}3" chat --count 50 --gap 0.2 "fd00:20:$vid::1"
    does "${letter}1" fetch --size 30000 --rate 4000 "10.20.$vid.3"
    does "${letter}1" stream --count 120 --gap 0.08 "10.20.$vid.2"
done
# Between the VLANs, through r2.
pings a1 10.20.20.1 20
pings b3 fd00:20:10::2 20
pings a3 10.20.20.3 5 -s 1472
does a2 chat --count 40 --gap 0.2 10.20.20.2
does b1 fetch --size 20000 --rate 3000 10.20.10.3
finish

"$python" "$here/merge.py" "$work/vlans.pcapng" "${inputs[@]}"

# --- results -------------------------------------------------------------------

for file in lan.pcapng host.pcap vlans.pcapng; do
    install -m 644 "$work/$file" "$out/$file"
    # Under sudo the captures belong to the caller, not to root.
    if [[ -n ${SUDO_UID:-} ]]; then
        chown "$SUDO_UID:${SUDO_GID:-$SUDO_UID}" "$out/$file"
    fi
    echo "$out/$file: $(stat -c %s "$out/$file") bytes"
done
