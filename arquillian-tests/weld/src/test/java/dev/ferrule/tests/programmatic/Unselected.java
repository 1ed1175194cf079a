package dev.ferrule.tests.programmatic;

import jakarta.websocket.server.ServerEndpoint;

@ServerEndpoint("/unselected")
public class Unselected {}
