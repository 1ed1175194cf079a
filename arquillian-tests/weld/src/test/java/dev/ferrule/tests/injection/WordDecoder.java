package dev.ferrule.tests.injection;

import jakarta.inject.Inject;
import jakarta.websocket.Decoder;

public class WordDecoder implements Decoder.Text<Word> {
    @Inject
    Motto motto;

    @Override
    public Word decode(String text) {
        return new Word(text + ", decoded by " + motto.text());
    }

    @Override
    public boolean willDecode(String text) {
        return true;
    }
}
