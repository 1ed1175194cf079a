package dev.ferrule.tests.discovery;

import jakarta.enterprise.inject.Vetoed;
import jakarta.websocket.server.ServerEndpoint;

@Vetoed
@ServerEndpoint("/unwanted")
public class Unwanted {}
