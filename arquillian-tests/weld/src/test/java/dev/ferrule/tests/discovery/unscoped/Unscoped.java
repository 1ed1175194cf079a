package dev.ferrule.tests.discovery.unscoped;

import jakarta.websocket.server.ServerEndpoint;

/** In a package that is added as such, CDI does not find it. */
@ServerEndpoint("/unscoped")
public class Unscoped {}
