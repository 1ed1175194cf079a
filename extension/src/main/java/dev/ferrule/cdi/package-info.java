/**
 * What applications see of the extension: the extension itself, for containers that are told of extensions by hand, and
 * qualifiers. Observes the container's life; what happens then is in the packages below. Must not know a transport or an
 * implementation of CDI.
 *
 * <p><b>Discovery.</b> Every class with {@code @ServerEndpoint} or {@code @ClientEndpoint} in a bean archive of the deployment is
 * a bean, in every discovery mode but {@code none}, also when it has no other annotation, unless it is {@code @Vetoed} or
 * excluded by {@code beans.xml}. Archives are searched through the thread's context class loader: where that has bean archives of
 * its own, as in a test with an archive, only these count. An archive that brings a Jandex index
 * ({@code META-INF/jandex.idx}) is not searched, but its index believed. An archive that can list nothing (ShrinkWrap's) is
 * matched with the directories and bean archives of the class path.
 *
 * <p><b>What is deployed.</b> All annotated server endpoints, or what {@code ServerApplicationConfig}s select where there are
 * any, and every bean of type {@code ServerEndpointConfig}, produced or not.
 *
 * <p><b>Settings</b> come from beans of type {@link dev.ferrule.container.settings.SettingsSource} first, then from MicroProfile
 * Config where it is present, then from system properties and environment variables.
 *
 * <p><b>Injectable</b> everywhere: {@code WebSocketContainer}, {@code AsyncContainer}, {@code ServerContainer}, {@code Broadcast},
 * {@code OpenSessions}, and the server's URI by {@link dev.ferrule.cdi.ServerUri}. Inside a connection: {@code Session},
 * {@code EndpointConfig}, {@code HandshakeFacts} (also as {@code HandshakeRequest}), the principal by
 * {@link dev.ferrule.cdi.Handshake}, path parameters by {@link dev.ferrule.cdi.PathParameter}, and an executor by
 * {@link dev.ferrule.cdi.InConnection}.
 */
@NullMarked
package dev.ferrule.cdi;

import org.jspecify.annotations.NullMarked;
