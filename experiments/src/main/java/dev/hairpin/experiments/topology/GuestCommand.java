package dev.hairpin.experiments.topology;

import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.management.GuestDriver;
import dev.hairpin.model.management.GuestRequest;
import dev.hairpin.model.relay.NicSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * What is said in a guest, whose function is {@code eth0} to it, as iproute2 takes it there: {@code ip link set}, {@code ip
 * link add} and {@code del} of a VLAN, {@code ip maddr} and {@code bridge fdb}.
 */
final class GuestCommand {
    /** The function, to its guest. */
    static final String DEVICE = "eth0";

    private static final String OPTIONS = "address, up, down, promisc, allmulticast or mtu";
    private static final List<String> WORDS = List.of("address", "up", "down", "promisc", "allmulticast", "mtu");

    private final Words words;
    private final List<GuestRequest> requests = new ArrayList<>();

    private GuestCommand(Words words) {
        this.words = words;
    }

    /** Reads on behind {@code tool}, {@code ip} or {@code bridge}. */
    static Change read(Words words, String tool, Place place) throws ChangeInvalid {
        GuestCommand command = new GuestCommand(words);
        if (tool.equals("bridge")) {
            command.fdb();
        } else {
            command.ip();
        }
        List<GuestRequest> requests = List.copyOf(command.requests);
        return new Change.AtNic(place.nic(), before -> {
            NicSettings now = before;
            for (GuestRequest request : requests) {
                now = GuestDriver.ask(now, place.function(), request);
            }
            return now;
        });
    }

    private void ip() throws ChangeInvalid {
        String object = words.take(List.of("link", "maddr", "maddress"), "link or maddr");
        if (!object.equals("link")) {
            groups();
            return;
        }
        switch (words.take(List.of("set", "add", "del", "delete"), "set, add or del")) {
            case "set" -> set();
            case "add" -> add();
            default -> delete();
        }
    }

    private void set() throws ChangeInvalid {
        words.took("dev");
        device();
        do {
            switch (words.take(WORDS, OPTIONS)) {
                case "address" -> requests.add(new GuestRequest.SetAddress(words.takeMac()));
                case "up" -> requests.add(new GuestRequest.Link(true));
                case "down" -> requests.add(new GuestRequest.Link(false));
                case "promisc" -> requests.add(new GuestRequest.Promiscuous(words.takeSwitch()));
                case "allmulticast" -> requests.add(new GuestRequest.AllMulticast(words.takeSwitch()));
                default -> requests.add(new GuestRequest.Mtu(words.takeNumber("octets")));
            }
        } while (!words.atEnd());
    }

    private void device() throws ChangeInvalid {
        words.take(List.of(DEVICE), DEVICE + ", which the function is to its guest");
    }

    /** The VLAN's device has the name that tells its number: so it can be found again when it goes. */
    private void add() throws ChangeInvalid {
        words.take(List.of("link"), "link");
        device();
        words.took("name");
        int vid = vlanDevice();
        words.take(List.of("type"), "type");
        words.take(List.of("vlan"), "vlan");
        if (words.took("protocol")) {
            words.take(List.of("802.1Q", "802.1q"), "802.1Q");
        }
        words.take(List.of("id"), "id");
        if (!words.peek().equals(Integer.toString(vid))) {
            throw words.wrong(vid + ", as the device is named");
        }
        words.takeNumber("a VLAN");
        words.end("the end of the line");
        requests.add(new GuestRequest.JoinVlan(vid));
    }

    private void delete() throws ChangeInvalid {
        words.took("dev");
        requests.add(new GuestRequest.LeaveVlan(vlanDevice()));
        words.end("the end of the line");
    }

    private int vlanDevice() throws ChangeInvalid {
        String expected = DEVICE + ".10, where 10 is the VLAN";
        if (!words.peek().matches("eth0\\.[1-9][0-9]{0,3}")) {
            throw words.wrong(expected);
        }
        return Integer.parseInt(words.take(expected).substring(DEVICE.length() + 1));
    }

    private void groups() throws ChangeInvalid {
        boolean add = words.take(List.of("add", "del", "delete"), "add or del").equals("add");
        long group = words.takeMac();
        words.take(List.of("dev"), "dev");
        device();
        words.end("the end of the line");
        requests.add(add ? new GuestRequest.JoinGroup(group) : new GuestRequest.LeaveGroup(group));
    }

    private void fdb() throws ChangeInvalid {
        words.take(List.of("fdb"), "fdb");
        boolean add = !words.take(List.of("add", "append", "del"), "add, append or del")
                .equals("del");
        long mac = words.takeMac();
        words.take(List.of("dev"), "dev");
        device();
        words.took("self");
        words.end("the end of the line");
        if (Mac.isGroup(mac)) {
            requests.add(add ? new GuestRequest.JoinGroup(mac) : new GuestRequest.LeaveGroup(mac));
        } else {
            requests.add(add ? new GuestRequest.AddAddress(mac) : new GuestRequest.RemoveAddress(mac));
        }
    }
}
