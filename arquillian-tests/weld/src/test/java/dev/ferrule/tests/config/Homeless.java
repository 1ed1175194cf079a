package dev.ferrule.tests.config;

import jakarta.websocket.server.ServerEndpoint;

/** Nobody says where it lives. */
@ServerEndpoint("${home.path}/door")
public class Homeless {}
