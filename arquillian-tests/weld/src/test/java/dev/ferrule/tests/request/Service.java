package dev.ferrule.tests.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Another bean that uses the request. */
@ApplicationScoped
public class Service {
    @Inject
    Request request;

    String requestId() {
        return request.id();
    }
}
