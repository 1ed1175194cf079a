package dev.ferrule.tests.connection;

import jakarta.inject.Inject;
import jakarta.websocket.Decoder;
import jakarta.websocket.Encoder;
import jakarta.websocket.EndpointConfig;

/** Sees the connection's draft while it decodes, encodes, is initialized and destroyed. */
public class LineCoder implements Decoder.Text<Line>, Encoder.Text<Line> {
    @Inject
    Draft draft;

    @Inject
    Ledger ledger;

    private int initializedWith;

    @Override
    public void init(EndpointConfig config) {
        initializedWith = draft.id();
    }

    @Override
    public Line decode(String text) {
        return new Line(text, draft.id());
    }

    @Override
    public boolean willDecode(String text) {
        return true;
    }

    @Override
    public String encode(Line line) {
        return line.text() + " decoder=" + line.decodedWith() + " encoder=" + draft.id() + " init=" + initializedWith;
    }

    @Override
    public void destroy() {
        ledger.add("coder of draft " + draft.id() + " destroyed");
    }
}
