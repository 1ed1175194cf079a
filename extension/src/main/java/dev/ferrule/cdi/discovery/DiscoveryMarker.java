package dev.ferrule.cdi.discovery;

import jakarta.enterprise.context.Dependent;

/**
 * The one bean of this bean archive, for two reasons. Weld SE refuses to start an application without any bean archive, and
 * takes one whose only classes are endpoints for none. And a container that has discovered this class discovers the class path,
 * while one that passes it by has been told not to.
 */
@Dependent
final class DiscoveryMarker {
    static final String FILE = DiscoveryMarker.class.getName().replace('.', '/') + ".class";

    private DiscoveryMarker() {}

    static boolean isIn(java.util.Set<String> classes) {
        return classes.contains(DiscoveryMarker.class.getName());
    }
}
