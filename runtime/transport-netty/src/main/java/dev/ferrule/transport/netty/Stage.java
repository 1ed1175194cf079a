package dev.ferrule.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** What a connection does now: the last handler of its channel, of this connection alone, until the next stage takes its place. */
abstract class Stage extends ChannelInboundHandlerAdapter {
    /** All stages have the name, so that Netty need not find one for each. */
    private static final String NAME = "stage";

    /** Begins with this stage. */
    final void beginAt(Channel channel) {
        channel.pipeline().addLast(NAME, this);
    }

    /** Puts the next stage in the place of this one. */
    final void become(Stage next, Channel channel) {
        channel.pipeline().replace(this, NAME, next);
    }

    /** Never: Netty would look for the annotation at each connection. */
    @Override
    public final boolean isSharable() {
        return false;
    }
}
