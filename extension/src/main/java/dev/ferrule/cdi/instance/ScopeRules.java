package dev.ferrule.cdi.instance;

import jakarta.enterprise.context.ConversationScoped;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.annotation.Annotation;
import java.util.List;

/** Whether there is a context for what is called in a connection. */
public final class ScopeRules {
    private final BeanManager beanManager;
    private final ManagedBeans beans;

    /** The rules for the beans of one deployment. */
    public ScopeRules(BeanManager beanManager, ManagedBeans beans) {
        this.beanManager = beanManager;
        this.beans = beans;
    }

    /** Adds a sentence when a class is a bean whose context is never active in callbacks. */
    public void check(Class<?> type, List<String> problems) {
        Bean<?> bean = beans.bean(type);
        if (bean != null && isNeverActive(bean.getScope())) {
            problems.add(type.getName() + " is @" + bean.getScope().getSimpleName()
                    + ", whose context is never active in callbacks: what lives as long as a connection is"
                    + " @ConnectionScoped");
        }
    }

    private boolean isNeverActive(Class<? extends Annotation> scope) {
        if (!beanManager.isNormalScope(scope)) {
            return false;
        }
        try {
            return scope == ConversationScoped.class
                    || beanManager.getContexts(scope).isEmpty();
        } catch (IncompatibleClassChangeError olderApi) {
            return false; // a container of CDI 4.0 cannot say which contexts it has
        }
    }
}
