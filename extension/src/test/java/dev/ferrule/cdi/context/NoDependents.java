package dev.ferrule.cdi.context;

import jakarta.enterprise.context.spi.CreationalContext;

/** What a bean is made with that has nothing to release. */
final class NoDependents<T> implements CreationalContext<T> {
    @Override
    public void push(T incomplete) {}

    @Override
    public void release() {}
}
