package dev.hairpin.model.privilege;

/** Who asks for an operation. */
public sealed interface Caller {
    /** The hypervisor's domain with the driver of the physical function, Dom0. */
    Caller PRIVILEGED_DOMAIN = new PrivilegedDomain("");

    /** The manager of a chassis whose servers share the NIC. */
    Caller CHASSIS_MANAGER = new ChassisManager();

    /** As in a sentence: {@code the guest of vf3}. */
    String text();

    /** The operating system that a function was given to. */
    record Guest(String function) implements Caller {
        @Override
        public String text() {
            return "the guest of " + function;
        }
    }

    /**
     * See {@link #PRIVILEGED_DOMAIN}.
     *
     * @param hierarchy the root complex of its server, where several share the NIC; empty for the base hierarchy's
     */
    record PrivilegedDomain(String hierarchy) implements Caller {
        @Override
        public String text() {
            return "the privileged domain" + (hierarchy.isEmpty() ? "" : " of " + hierarchy);
        }
    }

    /** See {@link #CHASSIS_MANAGER}. */
    record ChassisManager() implements Caller {
        @Override
        public String text() {
            return "the chassis manager";
        }
    }
}
