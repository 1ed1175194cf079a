package dev.ferrule.container.application;

import jakarta.websocket.Decoder;
import jakarta.websocket.Encoder;
import jakarta.websocket.EndpointConfig;

/** Encodes and decodes, and tells where it was called. */
public class WordCoder implements Decoder.Text<Word>, Encoder.Text<Word> {
    @Override
    public void init(EndpointConfig config) {
        Witness.at("init");
    }

    @Override
    public Word decode(String text) {
        Witness.at("decode");
        return new Word(text);
    }

    @Override
    public boolean willDecode(String text) {
        return true;
    }

    @Override
    public String encode(Word word) {
        Witness.at("encode");
        return word.text();
    }

    @Override
    public void destroy() {
        Witness.at("destroy");
    }
}
