package dev.hairpin.persistence.plugin;

import akka.serialization.ByteBufferSerializer;
import akka.serialization.SerializerWithStringManifest;
import dev.hairpin.model.decision.StageEvent;
import dev.hairpin.persistence.event.EventCodec;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;

/** {@link EventCodec} as an Akka serializer, for journals and for messages between processes. */
public final class StageEventSerializer extends SerializerWithStringManifest implements ByteBufferSerializer {
    @Override
    public int identifier() {
        return EventCodec.SERIALIZER;
    }

    @Override
    public String manifest(Object event) {
        return EventCodec.VERSION;
    }

    @Override
    public byte[] toBinary(Object event) {
        return EventCodec.encode((StageEvent) event);
    }

    @Override
    public void toBinary(Object event, ByteBuffer into) {
        into.put(toBinary(event));
    }

    @Override
    public Object fromBinary(byte[] octets, String manifest) throws NotSerializableException {
        check(manifest);
        return EventCodec.decode(octets);
    }

    @Override
    public Object fromBinary(ByteBuffer octets, String manifest) throws NotSerializableException {
        check(manifest);
        if (octets.hasArray()) {
            return EventCodec.decode(octets.array(), octets.arrayOffset() + octets.position(), octets.remaining());
        }
        byte[] copy = new byte[octets.remaining()];
        octets.get(copy);
        return EventCodec.decode(copy);
    }

    private static void check(String manifest) throws NotSerializableException {
        if (!manifest.equals(EventCodec.VERSION)) {
            throw new NotSerializableException("event of a stage, version '" + manifest
                    + "': this version of Hairpin reads '" + EventCodec.VERSION + "'");
        }
    }
}
