/**
 * Who peers are: what applications implement and catch. Holds contracts and two beginnings; must not know who asks, or when.
 *
 * <p>{@code @RolesAllowed}, {@code @DenyAll} and {@code @PermitAll} of {@code jakarta.annotation.security} stand on endpoint
 * classes, where they decide about handshakes (401 for peers of whom nobody knows who they are, 403 for others), and on annotated
 * callbacks, where they decide about calls. The role {@code **} is anybody who is known.
 */
@NullMarked
package dev.ferrule.cdi.security;

import org.jspecify.annotations.NullMarked;
