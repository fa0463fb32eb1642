package dev.hairpin.model.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused says where, what was found, and what was expected. */
class MatchRefusedTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "vlan and and             | 10 | \"and\"     | a primitive",
                "ip and                   | 7  | the end     | a primitive",
                "ip arp                   | 4  | \"arp\"     | \"and\", \"or\" or the end",
                "(ip or arp               | 11 | the end     | \")\"",
                "vlan 4096                | 6  | \"4096\"    | a VLAN identifier of 0 to 4095",
                "ip and 5                 | 9  | the end     | an operator or a relation",
                "10.0.0.1                 | 1  | \"10.0.0.1\"| a primitive; before \"10.0.0.1\" is none",
                "host example.org         | 6  | \"example.org\" | names of hosts are not looked up",
                "net office               | 5  | \"office\"  | names of nets are not looked up",
                "port frobnicate          | 6  | \"frobnicate\" | a port's number, or a name that is known",
                "port 65536               | 6  | \"65536\"   | a port of at most 65535",
                "udp port http            | 10 | \"http\"    | a port of udp",
                "host 10.0.0.256          | 6  | \"10.0.0.256\" | an IPv4 address",
                "net 10.0.0.1/24          | 5  | \"10.0.0.1\"| without bits outside of its mask",
                "net 10.0.0.0/33          | 14 | \"33\"      | at most 32 bits",
                "host 10.0.0.0/8          | 14 | \"/\"       | only a net has a mask",
                "host 1::2::3             | 6  | \"1::2::3\" | an Ethernet or IPv6 address",
                "ip host ::1              | 9  | \"::1\"     | \"ip\" has no IPv6 addresses",
                "tcp host 10.0.0.1        | 10 | \"10.0.0.1\"| \"tcp\" has no IPv4 addresses",
                "src 1:2:3:4:5:6          | 5  | \"1:2:3:4:5:6\" | an Ethernet address stands after",
                "ether host 10.0.0.1      | 12 | \"10.0.0.1\"| an Ethernet address",
                "ip proto tcp             | 10 | \"tcp\"     | as a name it would be \"\\tcp\"",
                "ip proto \\foo           | 10 | \"foo\"     | a protocol's number",
                "tcp proto 6              | 11 | \"6\"       | \"tcp\" has no protocols to select",
                "ether                    | 1  | \"ether\"   | \"ether\" alone is none",
                "arp broadcast            | 5  | \"broadcast\" | \"ether\" or \"ip\" before it",
                "ip broadcast             | 4  | \"broadcast\" | needs a netmask",
                "ether[0:3] = 1           | 9  | \"3\"       | 1, 2 or 4 octets",
                "ether[0 = 1              | 9  | \"=\"       | \"]\"",
                "ip[0] + = 1              | 9  | \"=\"       | a number",
                "ip[0] / 0 = 1            | 9  | \"0\"       | a divisor other than zero",
                "ip[0] << 32 = 1          | 10 | \"32\"      | a shift of at most 31 bits",
                "ip[0]                    | 6  | the end     | an operator or a relation",
                "esp[0] = 1               | 1  | \"esp\"     | a protocol whose octets can be asked for",
                "len = 08                 | 7  | \"08\"      | an octal number",
                "len = 4294967296         | 7  | \"4294967296\" | a number of 32 bits",
                "less ip                  | 6  | \"ip\"      | a number",
                "ip # arp                 | 4  | \"#\"       | a word, a number or an operator",
                "byte 5 & 1               | 8  | \"&\"       | \"=\", \"<\" or \">\"",
                "port 80 or (tcp or 443)  | 23 | \")\"       | an operator or a relation",
            })
    void saysWhereAndWhat(String expression, int column, String found, String expected) {
        MatchRefused refused = refused(expression);
        assertThat(refused.column()).isEqualTo(column);
        assertThat(refused.found()).isEqualTo(found);
        assertThat(refused.expected()).contains(expected);
        assertThat(refused)
                .hasMessage("match \"" + expression + "\", column " + column + ": found " + refused.found()
                        + ", expected " + refused.expected());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateway foo",
                "ip gateway foo",
                "ip protochain 6",
                "mpls",
                "mpls 5",
                "pppoed",
                "pppoes",
                "geneve 5",
                "inbound",
                "outbound",
                "ifindex 1",
                "wlan host 1:2:3:4:5:6",
                "wlan[0] = 1",
                "fddi host 1:2:3:4:5:6",
                "radio[0] = 1",
                "ip[wlan[0]] = 1",
                "type mgt",
                "subtype beacon",
                "dir nods",
                "addr1 1:2:3:4:5:6",
                "ra 1:2:3:4:5:6",
                "on eth0",
                "ruleset a",
                "lane",
                "vpi 1",
                "fisu",
                "sio 5",
                "l1",
            })
    void whatIsNotSupportedIsNamed(String expression) {
        String name = expression.replaceFirst("^ip.", "").split("[ \\[]", -1)[0];
        assertThat(refused("arp or " + expression))
                .hasMessageContaining("found \"" + name + "\"")
                .hasMessageContaining("a primitive that is supported; \"" + name + "\" is not");
    }

    @Test
    void whatIsTooDeepOrTooLongIsRefused() {
        assertThat(refused("(".repeat(10_000) + "ip" + ")".repeat(10_000))).hasMessageContaining("nested");
        assertThat(refused("not ".repeat(10_000) + "ip")).hasMessageContaining("nested");
        assertThat(refused("- ".repeat(10_000) + "len = 5")).hasMessageContaining("nested");
        assertThat(refused("ip or ".repeat(20_000) + "ip")).hasMessageContaining("120002 characters");
    }

    private static MatchRefused refused(String expression) {
        return catchThrowableOfType(MatchRefused.class, () -> FrameMatch.compile(expression));
    }
}
