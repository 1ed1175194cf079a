package dev.ferrule.container.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.container.settings.Keys;
import dev.ferrule.container.settings.Settings;
import dev.ferrule.container.settings.SettingsSource;
import dev.ferrule.engine.handshake.RequestHead;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which pages may connect. */
class OriginPolicyTest {
    private static RequestHead to(String host) {
        return new RequestHead("GET", "/", Map.of("Host", List.of(host)));
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.example, a.example, true",
        "http://A.example:80, a.example, true",
        "https://a.example, a.example:443, true",
        "http://my_app:8080, my_app:8080, true",
        "http://[::1]:8080, [::1]:8080, true",
        "http://a.example, a.example:, true",
        "http://my_app:8080, my_app:8081, false",
        "http://my_app, my_app:8080, false",
        "http://other_app:8080, my_app:8080, false",
        "http://b.example, a.example, false",
        "http://u@a.example, a.example, false",
        "http://a.example/, a.example, false",
        "http://a.example:x, a.example, false",
        "null, a.example, false",
        "a.example, a.example, false"
    })
    void withoutAListThoseOfTheHostItself(String origin, String host, boolean allowed) {
        assertThat(new OriginPolicy(List.of()).allows(origin, to(host), false)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"https://a.example, true", "http://a.example:443, false"})
    void whereTlsEndsHereOnlyThoseOfItsScheme(String origin, boolean allowed) {
        assertThat(new OriginPolicy(List.of()).allows(origin, to("a.example:443"), true))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example, https://a.example, true",
        "https://a.example:443, https://a.example, true",
        "http://a.example:80/, http://a.example, true",
        "http://my_app:8080, http://my_app:8080, true",
        "https://[::1]:443, https://[::1], true",
        "https://A.example, https://a.example, true",
        "chrome-extension://none, chrome-extension://none, true",
        "null, null, true",
        "https://a.example, null, false",
        "https://a.example:8443, https://a.example, false",
        "http://a.example, https://a.example, false"
    })
    void withAListThoseThatItNames(String listed, String origin, boolean allowed) {
        Settings settings = Settings.read(SettingsSource.of(Map.of(Keys.ALLOWED_ORIGINS.key(), listed)));
        OriginPolicy policy = new OriginPolicy(settings.get(Keys.ALLOWED_ORIGINS));
        assertThat(policy.allows(origin, to("elsewhere"), true)).isEqualTo(allowed);
    }
}
