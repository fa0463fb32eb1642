package dev.hairpin.model.privilege;

import java.util.Locale;

/** To whom a resource is left. Who stands higher may always, too. */
public enum Holder {
    /** To the guest, for its own function. */
    GUEST,
    /** To the privileged domain. */
    MANAGED,
    /** To the chassis manager, which takes it from the privileged domain, too. */
    CHASSIS;

    /** As in a topology file: {@code managed}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
