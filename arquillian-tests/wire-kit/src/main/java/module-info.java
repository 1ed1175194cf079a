/** A peer that speaks raw WebSocket bytes, right or wrong on purpose. Needs the JDK only. */
module dev.ferrule.wirekit {
    requires static transitive org.jspecify;

    exports dev.ferrule.wirekit;
}
