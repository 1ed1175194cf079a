package dev.ferrule.tests.injection;

import jakarta.inject.Inject;
import jakarta.websocket.Encoder;

public class WordEncoder implements Encoder.Text<Word> {
    @Inject
    Motto motto;

    @Override
    public String encode(Word word) {
        return word.text() + ", encoded by " + motto.text();
    }
}
