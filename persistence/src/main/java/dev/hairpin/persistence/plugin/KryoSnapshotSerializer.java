package dev.hairpin.persistence.plugin;

import akka.serialization.SerializerWithStringManifest;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.Pool;
import java.io.NotSerializableException;

/**
 * Snapshots in Kryo's form, of the classes in {@link KryoClasses} and no others. Safe for many threads.
 *
 * <p>Snapshots are not kept compatible: when what a class holds changes, {@link #MANIFEST} does too, older snapshots are
 * no longer read, and states are built from the events.
 */
public final class KryoSnapshotSerializer extends SerializerWithStringManifest {
    /** Stands in journals; never to be changed. */
    public static final int IDENTIFIER = 8022;

    /** To be changed whenever octets of before would be read as something else. */
    public static final String MANIFEST = "1";

    private static final int FIRST_BUFFER = 4096;
    private static final int MOST_KRYOS = 8;

    private final Pool<Kryo> kryos = new Pool<>(true, false, MOST_KRYOS) {
        @Override
        protected Kryo create() {
            return KryoClasses.kryo();
        }
    };

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object snapshot) {
        return MANIFEST;
    }

    @Override
    public byte[] toBinary(Object snapshot) {
        Kryo kryo = kryos.obtain();
        try (Output output = new Output(FIRST_BUFFER, -1)) {
            kryo.writeClassAndObject(output, snapshot);
            return output.toBytes();
        } finally {
            kryos.free(kryo);
        }
    }

    @Override
    public Object fromBinary(byte[] octets, String manifest) throws NotSerializableException {
        if (!manifest.equals(MANIFEST)) {
            throw new NotSerializableException("snapshot of version '" + manifest + "', expected '" + MANIFEST + "'");
        }
        Kryo kryo = kryos.obtain();
        try (Input input = new Input(octets)) {
            Object snapshot = kryo.readClassAndObject(input);
            if (snapshot == null || !input.end()) {
                throw new NotSerializableException("snapshot of other octets than its own");
            }
            return snapshot;
        } catch (KryoException e) {
            NotSerializableException unreadable = new NotSerializableException("snapshot: " + e.getMessage());
            unreadable.initCause(e);
            throw unreadable;
        } finally {
            kryos.free(kryo);
        }
    }
}
