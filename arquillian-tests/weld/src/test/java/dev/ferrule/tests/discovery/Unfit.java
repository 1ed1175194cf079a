package dev.ferrule.tests.discovery;

import jakarta.websocket.server.ServerEndpoint;

/** Nobody can make an instance of it. */
@ServerEndpoint("/unfit")
public abstract class Unfit {}
