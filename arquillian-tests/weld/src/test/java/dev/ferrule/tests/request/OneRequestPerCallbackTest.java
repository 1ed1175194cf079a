package dev.ferrule.tests.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferrule.testkit.Connect;
import dev.ferrule.testkit.TestClient;
import dev.ferrule.tests.support.Archives;
import jakarta.inject.Inject;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class OneRequestPerCallbackTest {
    @Inject
    Ended ended;

    @Deployment
    static JavaArchive deployment() {
        return Archives.inMemory(
                Requests.class, Request.class, Ended.class, Service.class, Tag.class, TagDecoder.class);
    }

    private String[] exchange(TestClient client, String text) throws Exception {
        client.sendText(text);
        return client.nextText().split(" ");
    }

    @Test
    @Tag("obligation-13.6")
    void decodingAndCallbackAndTheBeansTheyCallShareOneRequest(@Connect("requests") TestClient client)
            throws Exception {
        client.nextText();
        String[] ids = exchange(client, "hello");
        assertThat(ids).hasSize(3).containsOnly(ids[0]);
    }

    @Test
    @Tag("obligation-13.6")
    void theNextMessageIsAnotherRequest(@Connect("requests") TestClient client) throws Exception {
        String open = client.nextText().substring("open ".length());
        String first = exchange(client, "one")[0];
        String second = exchange(client, "two")[0];
        assertThat(List.of(open, first, second)).doesNotHaveDuplicates();
    }

    @Test
    void aRequestEndsWithItsCallback(@Connect("requests") TestClient client) throws Exception {
        String open = client.nextText().substring("open ".length());
        exchange(client, "after open");
        assertThat(ended.contains(open)).isTrue();
    }

    @Test
    void aRequestEndsAlsoWhenItsCallbackThrows(@Connect("requests") TestClient client) throws Exception {
        client.nextText();
        String[] ids = exchange(client, "throw");
        assertThat(ids[0]).isNotEqualTo(ids[1]);
        assertThat(ended.contains(ids[0])).isTrue();
    }
}
