/** A peer that speaks raw WebSocket bytes, right or wrong on purpose, and a probe for leaks. Needs the JDK only. */
module dev.ferrule.wirekit {
    requires static transitive org.jspecify;
    requires java.management;
    requires jdk.jfr;

    exports dev.ferrule.wirekit;
}
