package dev.ferrule.container.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What sessions share, and what they make only when it is asked for. */
class SharedStateTest {
    @Test
    void equalValuesBecomeTheSameOne() {
        Recent<List<String>> recent = new Recent<>();
        List<String> first = List.of("a");
        assertThat(recent.same(first)).isSameAs(first);
        assertThat(recent.same(List.of("a"))).isSameAs(first);
        List<String> other = List.of("b");
        assertThat(recent.same(other)).isSameAs(other);
        assertThat(recent.same(List.of("b"))).isSameAs(other);
    }

    @Test
    void userPropertiesAreOneMapForEver() {
        UserProperties none = new UserProperties(Map.of());
        none.map().put("key", "value");
        assertThat(none.map()).isSameAs(none.map()).containsOnly(Map.entry("key", "value"));
    }

    @Test
    void userPropertiesAreACopyWithoutNulls() {
        Map<String, Object> configured = new HashMap<>();
        configured.put("key", "value");
        configured.put("nothing", null);
        UserProperties copy = new UserProperties(configured);
        configured.put("later", "value");
        assertThat(copy.map()).containsOnly(Map.entry("key", "value"));
    }

    @Test
    void identifiersAreRandomBitsInHexadecimal() {
        Set<String> drawn = new HashSet<>();
        SessionIds ids = new SessionIds();
        for (int i = 0; i < 1000; i++) {
            drawn.add(ids.next());
        }
        assertThat(drawn).hasSize(1000).allMatch(id -> id.matches("[0-9a-f]{32}"));
    }

    @Test
    void callbackThreadsThatNobodyUsedEndWithoutHavingBegun() {
        CallbackThreads threads = new CallbackThreads(1);
        threads.close();
        threads.awaitEnd(1000);
        assertThatThrownBy(() -> threads.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void callbackThreadsRunWhatTheyTookBeforeTheyEnd() throws Exception {
        CallbackThreads threads = new CallbackThreads(1);
        CountDownLatch ran = new CountDownLatch(1);
        threads.execute(ran::countDown);
        threads.close();
        assertThat(ran.await(5, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> threads.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        threads.awaitEnd(1000);
    }
}
