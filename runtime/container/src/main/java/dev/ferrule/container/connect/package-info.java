/**
 * What an application says about its connections to servers, and what it is told when one fails: credentials, proxies,
 * reconnection. Values and contracts only; knows no other room.
 */
@NullMarked
package dev.ferrule.container.connect;

import org.jspecify.annotations.NullMarked;
