package dev.ferrule.tests.discovery.unscoped;

import jakarta.enterprise.context.Dependent;
import jakarta.websocket.server.ServerEndpoint;

/** Found beside it. */
@Dependent
@ServerEndpoint("/scoped")
public class Scoped {}
