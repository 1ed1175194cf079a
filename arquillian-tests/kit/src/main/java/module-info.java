/** Support for testing endpoints, on a real port or in memory. */
module dev.ferrule.testkit {
    requires static org.jspecify;
    requires transitive dev.ferrule.container;

    exports dev.ferrule.testkit;
}
