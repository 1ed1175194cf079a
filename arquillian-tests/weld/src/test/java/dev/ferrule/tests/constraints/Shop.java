package dev.ferrule.tests.constraints;

import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.util.stream.Collectors;

/** Takes valid orders only; what is not, the error method gets. */
@ServerEndpoint("/shop/{branch}")
public class Shop {
    @OnMessage
    String on(@Valid Order order, @PathParam("branch") @Size(max = 3) String branch) {
        return order.amount() + " " + order.item() + " in " + branch;
    }

    @OnError
    void failed(Session session, Throwable error) throws IOException {
        session.getBasicRemote()
                .sendText(
                        error instanceof ConstraintViolationException invalid
                                ? invalid.getConstraintViolations().stream()
                                        .map(violation -> violation.getPropertyPath() + " " + violation.getMessage())
                                        .sorted()
                                        .collect(Collectors.joining(", "))
                                : error.toString());
    }
}
