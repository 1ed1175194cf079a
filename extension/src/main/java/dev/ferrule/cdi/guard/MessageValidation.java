package dev.ferrule.cdi.guard;

import dev.ferrule.container.spi.CallbackGuard;
import dev.ferrule.container.spi.CoderProvider;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.NoProviderFoundException;
import jakarta.validation.Validation;
import jakarta.validation.ValidationException;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.executable.ExecutableValidator;
import jakarta.validation.metadata.MethodDescriptor;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Validates what callbacks are called with, where their parameters bear constraints or {@code @Valid}. The only class that knows
 * Jakarta Validation, and touched only where that is present.
 */
public final class MessageValidation implements CallbackGuard, AutoCloseable {
    private final Validator validator;
    private final Runnable end;

    private MessageValidation(Validator validator, Runnable end) {
        this.validator = validator;
        this.end = end;
    }

    /**
     * Validation by the application's bean of type {@code ValidatorFactory}, else by the one that the class path has; empty where
     * there is neither, or only the API.
     *
     * @throws DeploymentException when there is one that does not work
     */
    public static Optional<MessageValidation> present(CoderProvider.Beans beans) {
        try {
            Optional<ValidatorFactory> bean = beans.find(ValidatorFactory.class);
            if (bean.isPresent()) {
                return Optional.of(new MessageValidation(bean.get().getValidator(), () -> {}));
            }
            ValidatorFactory own = Validation.buildDefaultValidatorFactory();
            return Optional.of(new MessageValidation(own.getValidator(), own::close));
        } catch (NoProviderFoundException absent) {
            return Optional.empty();
        } catch (ValidationException broken) {
            throw new DeploymentException(
                    "Messages cannot be validated: the class path has a validator that does not start: "
                            + broken.getMessage(),
                    broken);
        }
    }

    @Override
    public @Nullable Check checkOf(Class<?> endpoint, Method callback) {
        MethodDescriptor constraints = validator
                .getConstraintsForClass(endpoint)
                .getConstraintsForMethod(callback.getName(), callback.getParameterTypes());
        if (constraints == null || !constraints.hasConstrainedParameters()) {
            return null;
        }
        ExecutableValidator executables = validator.forExecutables();
        return (instance, arguments) -> {
            Set<ConstraintViolation<Object>> violations = executables.validateParameters(instance, callback, arguments);
            if (!violations.isEmpty()) {
                throw new ConstraintViolationException(violations);
            }
        };
    }

    @Override
    public void close() {
        end.run();
    }
}
