package dev.ferrule.tests.interception;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

@Traced
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
public class Tracer {
    @Inject
    Trace trace;

    @AroundInvoke
    Object around(InvocationContext invocation) throws Exception {
        trace.add(invocation.getMethod().getName());
        return invocation.proceed();
    }
}
