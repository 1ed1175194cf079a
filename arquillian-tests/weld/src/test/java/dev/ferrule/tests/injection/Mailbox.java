package dev.ferrule.tests.injection;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Where client endpoints leave what they have seen. */
@ApplicationScoped
public class Mailbox {
    private final BlockingQueue<String> letters = new LinkedBlockingQueue<>();

    void put(String letter) {
        letters.add(letter);
    }

    String take() throws InterruptedException {
        return letters.poll(5, TimeUnit.SECONDS);
    }
}
