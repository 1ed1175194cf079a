package dev.ferrule.tests.request;

import jakarta.inject.Inject;
import jakarta.websocket.Decoder;

public class TagDecoder implements Decoder.Text<Tag> {
    @Inject
    Request request;

    @Override
    public Tag decode(String text) {
        return new Tag(text, request.id());
    }

    @Override
    public boolean willDecode(String text) {
        return true;
    }
}
