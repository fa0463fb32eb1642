package dev.hairpin.model.device;

import static dev.hairpin.model.decision.Rule.*;

import dev.hairpin.model.decision.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A question that devices answer differently.
 *
 * @param <T> of the answers
 */
public final class Choice<T> {
    /** Whether a frame with a group or zero source address is dropped. */
    public static final Choice<Boolean> CHECKS_SOURCE =
            yesOrNo("checks-source", "drops frames of stations with a group or zero source address", ER_INVALID_SA);

    /** What becomes of MAC Control frames that a station sends. */
    public static final Choice<MacControl> MAC_CONTROL =
            oneOf(MacControl.class, "mac-control", "MAC Control frames (EtherType 8808) of stations", ER_PAUSE);

    /** Whether the reserved group addresses end in the relay. */
    public static final Choice<Boolean> FILTERS_RESERVED =
            yesOrNo("filters-reserved", "drops frames of stations to 01-80-C2-00-00-00 to -0F", ER_RESERVED);

    /** What becomes of a frame that a station sends to its own address. */
    public static final Choice<Echo> SELF_ADDRESSED = oneOf(
            Echo.class,
            "self-addressed",
            "a frame to the sender's own address comes back",
            VEB_SELF_ADDRESSED,
            VEB_LOOPBACK);

    /** Whether the sender of a group frame gets a copy. */
    public static final Choice<Echo> GROUP_ECHO =
            oneOf(Echo.class, "group-echo", "a group frame comes back to its sender", VEB_BROADCAST, VEB_MULTICAST);

    /** What becomes of unicast for a station that is not in the frame's VLAN. */
    public static final Choice<OutsideVlan> OUTSIDE_VLAN = oneOf(
            OutsideVlan.class,
            "outside-vlan",
            "unicast for a station that is not in the frame's VLAN",
            VEB_OUTSIDE_VLAN);

    /** Whether a tagged frame of a station must belong to one of its VLANs, apart from anti-spoofing. */
    public static final Choice<Boolean> FILTERS_INGRESS_VLAN = yesOrNo(
            "filters-ingress-vlan", "drops frames of stations for VLANs they are not in", ER_INGRESS_VLAN, ER_NO_PVID);

    /** What becomes of a tagged frame of a station that has a port VLAN. */
    public static final Choice<TaggedOnPortVlan> TAGGED_ON_PORT_VLAN = oneOf(
            TaggedOnPortVlan.class,
            "tagged-on-port-vlan",
            "a tagged frame of a station with a port VLAN",
            ER_TAGGED_ON_PORT_VLAN);

    /** Whether the port VLAN's tag is taken off copies of group frames, too. */
    public static final Choice<Boolean> STRIPS_GROUP_COPIES =
            yesOrNo("strips-group-copies", "takes the port VLAN's tag off copies of group frames, too");

    /** Whether promiscuous stations get other stations' unicast that nobody registered. */
    public static final Choice<Boolean> LOCAL_TO_PROMISCUOUS = yesOrNo(
            "local-to-promiscuous", "gives promiscuous stations other stations' unknown unicast", VEB_PROMISCUOUS);

    /** How much a station may listen to that is trusted. */
    public static final Choice<Xcast> XCAST_TRUSTED =
            oneOf(Xcast.class, "xcast-trusted", "the most a trusted station may listen to", ER_UPLINK_PROMISCUOUS);

    /** How much a station may listen to that is not. */
    public static final Choice<Xcast> XCAST_UNTRUSTED =
            oneOf(Xcast.class, "xcast-untrusted", "the most an untrusted station may listen to");

    /** How group addresses are filtered. */
    public static final Choice<MulticastFilter> MULTICAST_FILTER = oneOf(
            MulticastFilter.class, "multicast-filter", "who gets a group frame", VEB_MULTICAST, ER_UPLINK_MULTICAST);

    /** Whether several stations may register one address, and all get its frames. */
    public static final Choice<Boolean> SHARED_ADDRESSES =
            yesOrNo("shared-addresses", "lets several stations register one address");

    /** What a VEPA keeps from the station that sent it. */
    public static final Choice<Pruning> PRUNING = oneOf(
            Pruning.class,
            "pruning",
            "what comes back in VEPA and is kept from its sender",
            VEPA_SOURCE_PRUNING,
            VEPA_DRIVER_PRUNING);

    /** Whether a station can be named that gets what nobody registered. */
    public static final Choice<Boolean> DEFAULT_STATION =
            yesOrNo("default-station", "can name a station for what nobody registered", ER_UPLINK_DEFAULT);

    /** Whether the physical function is exempt from anti-spoofing. */
    public static final Choice<Boolean> PF_EXEMPT =
            yesOrNo("pf-exempt", "exempts the physical function from anti-spoofing");

    /** Whether stations have a mode each, as Linux's macvlan has; there are no VLANs and no anti-spoofing then. */
    public static final Choice<Boolean> STATION_MODES =
            yesOrNo("station-modes", "has a mode for each station: bridge, vepa, private, passthru, source");

    /** The longest frame a station may send, in octets without FCS. */
    public static final Choice<Integer> LONGEST_FRAME =
            number("longest-frame", "octets of the longest frame", ER_OVERSIZE);

    /** How many stations there can be, the physical function included. */
    public static final Choice<Integer> STATIONS = number("stations", "stations, the physical function included");

    /** How many unicast addresses can be registered, of all stations together. */
    public static final Choice<Integer> ADDRESSES = number("addresses", "unicast addresses, of all stations together");

    /** How many VLANs can be in use, of all stations together. */
    public static final Choice<Integer> VLANS = number("vlans", "VLANs in use, of all stations together");

    /** How many group addresses a station can listen to. */
    public static final Choice<Integer> GROUPS = number("groups", "group addresses of a station");

    /** How many rules of a policy can mirror. */
    public static final Choice<Integer> MIRRORS = number("mirrors", "mirror rules");

    /** The greatest MSS by which the device segments TCP: as far as the field in its descriptors goes. */
    public static final Choice<Integer> MOST_MSS = number("most-mss", "octets of the greatest MSS", NIC_ILLEGAL_MSS);

    /** How many traffic classes the wire can have. */
    public static final Choice<Integer> CLASSES = number("classes", "traffic classes of the wire");

    /** How many stations there can be with two to four traffic classes. */
    public static final Choice<Integer> STATIONS_OF_4_CLASSES =
            number("stations-4-classes", "stations where there are 2 to 4 traffic classes");

    /** How many stations there can be with more. */
    public static final Choice<Integer> STATIONS_OF_8_CLASSES =
            number("stations-8-classes", "stations where there are 5 to 8 traffic classes");

    /** Without end. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private final String name;
    private final String question;
    private final Class<T> type;
    private final Set<Rule> founds;

    private Choice(String name, String question, Class<T> type, Rule... founds) {
        this.name = name;
        this.question = question;
        this.type = type;
        this.founds = Set.of(founds);
    }

    /** All of them, in the order in which they are listed. */
    public static List<Choice<?>> all() {
        return List.of(
                CHECKS_SOURCE,
                MAC_CONTROL,
                FILTERS_RESERVED,
                SELF_ADDRESSED,
                GROUP_ECHO,
                OUTSIDE_VLAN,
                FILTERS_INGRESS_VLAN,
                TAGGED_ON_PORT_VLAN,
                STRIPS_GROUP_COPIES,
                LOCAL_TO_PROMISCUOUS,
                XCAST_TRUSTED,
                XCAST_UNTRUSTED,
                MULTICAST_FILTER,
                SHARED_ADDRESSES,
                PRUNING,
                DEFAULT_STATION,
                PF_EXEMPT,
                STATION_MODES,
                LONGEST_FRAME,
                STATIONS,
                ADDRESSES,
                VLANS,
                GROUPS,
                MIRRORS,
                MOST_MSS,
                CLASSES,
                STATIONS_OF_4_CLASSES,
                STATIONS_OF_8_CLASSES);
    }

    /** As in a topology file: {@code self-addressed}. */
    public String name() {
        return name;
    }

    /** What is asked, as a phrase. */
    public String question() {
        return question;
    }

    /** The rules whose meaning hangs on the answer. */
    public Set<Rule> founds() {
        return founds;
    }

    /** The answer that {@code word} is; empty when it is none. */
    public Optional<T> parse(String word) {
        if (type == Integer.class) {
            return number(word).map(type::cast);
        }
        return answers().filter(answer -> word(answer).equals(word)).findFirst();
    }

    /** What {@link #parse} takes, in words. */
    public String expected() {
        return type == Integer.class
                ? "a number from 1, or unlimited"
                : String.join(" or ", answers().map(Choice::word).toList());
    }

    /** How an answer is written. */
    public static String word(Object answer) {
        if (answer instanceof Boolean yes) {
            return yes ? "yes" : "no";
        }
        if (answer instanceof Integer number) {
            return number == UNLIMITED ? "unlimited" : number.toString();
        }
        return answer.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    T cast(Object answer) {
        return type.cast(answer);
    }

    private Stream<T> answers() {
        return type == Boolean.class ? Stream.of(true, false).map(type::cast) : Arrays.stream(type.getEnumConstants());
    }

    private static Optional<Integer> number(String word) {
        if (word.equals("unlimited")) {
            return Optional.of(UNLIMITED);
        }
        return word.matches("[1-9][0-9]{0,8}") ? Optional.of(Integer.valueOf(word)) : Optional.empty();
    }

    private static Choice<Boolean> yesOrNo(String name, String question, Rule... founds) {
        return new Choice<>(name, question, Boolean.class, founds);
    }

    private static Choice<Integer> number(String name, String question, Rule... founds) {
        return new Choice<>(name, question, Integer.class, founds);
    }

    private static <E extends Enum<E>> Choice<E> oneOf(Class<E> type, String name, String question, Rule... founds) {
        return new Choice<>(name, question, type, founds);
    }

    @Override
    public String toString() {
        return name;
    }

    /** What becomes of MAC Control frames that a station sends. */
    public enum MacControl {
        /** They end in the relay. */
        ENDS,
        /** They go up, and no station gets a copy. */
        SENT_UP,
        /** As any other frame. */
        AS_ANY
    }

    /** When a station gets back what it sent. */
    public enum Echo {
        NEVER,
        /** When local loopback is on for it. */
        BY_LOOPBACK,
        ALWAYS
    }

    /** What becomes of unicast for a station that is not in the frame's VLAN. */
    public enum OutsideVlan {
        DROPPED,
        SENT_UP
    }

    /** What becomes of a tagged frame where a port VLAN is set. */
    public enum TaggedOnPortVlan {
        DROPPED,
        /** It gets the port VLAN's tag before its own. */
        STACKED
    }

    /** How much a station listens to, beyond unicast to its own addresses and broadcast. */
    public enum Xcast {
        NONE,
        /** Groups that it joined. */
        MULTI,
        /** All groups. */
        ALLMULTI,
        /** Everything. */
        PROMISC
    }

    /** How group addresses are filtered. */
    public enum MulticastFilter {
        /** A station gets the groups that it joined. */
        EXACT,
        /** One table of 4,096 bits for all stations, by the last two octets: a hit is for all that joined any group. */
        SHARED_HASH
    }

    /** What a VEPA keeps from the station that sent it. */
    public enum Pruning {
        /** Whatever has one of its registered addresses as source. */
        ALL_ADDRESSES,
        /** Group frames that have one of its registered addresses as source. */
        GROUP_FRAMES,
        /** Group frames from its primary address, and its driver does it. */
        DRIVER_PRIMARY,
        NOTHING
    }
}
