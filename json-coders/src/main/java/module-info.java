import dev.ferrule.container.spi.CoderProvider;
import dev.ferrule.json.JsonCoderProvider;

/** JSON-B encoders and decoders for every type that is data. */
module dev.ferrule.json {
    requires static org.jspecify;
    requires transitive dev.ferrule.container;
    requires jakarta.json;
    requires transitive jakarta.json.bind;

    exports dev.ferrule.json;

    provides CoderProvider with
            JsonCoderProvider;
}
