package dev.ferrule.tests.discovery;

import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
public class Greeter {
    String greet(String name) {
        return "Hello, " + name;
    }
}
