package dev.ferrule.arquillian.application;

import jakarta.websocket.server.ServerEndpoint;

/** Cannot be deployed. */
@ServerEndpoint("no-slash")
public class Broken {}
