package dev.hairpin.persistence.plugin;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.persistence.PersistentRepr;
import akka.persistence.SnapshotMetadata;
import akka.persistence.journal.Tagged;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.Serializer;
import akka.serialization.Serializers;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.hairpin.persistence.JournalDamage;
import dev.hairpin.persistence.store.Entry;
import dev.hairpin.persistence.store.Snapshot;
import dev.hairpin.persistence.store.Stored;
import dev.hairpin.proto.EnvelopeProto.Envelope;
import dev.hairpin.proto.EnvelopeProto.Metadata;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import scala.Option;

/** Between Akka's values and the store's records: payloads by Akka's serialization, all else in an {@code Envelope}. */
final class Payloads {
    private final Serialization serialization;

    Payloads(ActorSystem system) {
        this.serialization = SerializationExtension.get(system);
    }

    /** Throws whatever the payload's serializer throws. Tags are not kept. */
    Entry entry(PersistentRepr event) {
        Object payload = event.payload() instanceof Tagged tagged ? tagged.payload() : event.payload();
        Serializer serializer = serialization.findSerializerFor(payload);
        Envelope.Builder envelope =
                envelope(event.timestamp(), event.metadata()).setAdapterManifest(event.manifest());
        putWriter(event.writerUuid(), envelope);
        return new Entry(
                event.persistenceId(),
                event.sequenceNr(),
                serializer.identifier(),
                Serializers.manifestFor(serializer, payload),
                envelope.build().toByteArray(),
                serialization.serialize(payload).get());
    }

    Snapshot snapshot(SnapshotMetadata metadata, Object state) {
        Serializer serializer = serialization.findSerializerFor(state);
        return new Snapshot(
                metadata.persistenceId(),
                metadata.sequenceNr(),
                metadata.timestamp(),
                serializer.identifier(),
                Serializers.manifestFor(serializer, state),
                envelope(0, metadata.metadata()).build().toByteArray(),
                serialization.serialize(state).get());
    }

    private Envelope.Builder envelope(long timestamp, Option<Object> metadata) {
        Envelope.Builder envelope = Envelope.newBuilder().setTimestamp(timestamp);
        if (metadata.isDefined()) {
            Serializer serializer = serialization.findSerializerFor(metadata.get());
            envelope.setMetadata(Metadata.newBuilder()
                    .setSerializer(serializer.identifier())
                    .setManifest(Serializers.manifestFor(serializer, metadata.get()))
                    .setValue(ByteString.copyFrom(
                            serialization.serialize(metadata.get()).get())));
        }
        return envelope;
    }

    private static void putWriter(String writer, Envelope.Builder envelope) {
        UUID uuid = uuid(writer);
        if (uuid == null) {
            envelope.setWriterText(writer);
        } else {
            ByteBuffer octets = ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(uuid.getMostSignificantBits())
                    .putLong(uuid.getLeastSignificantBits());
            envelope.setWriter(ByteString.copyFrom(octets.flip()));
        }
    }

    private static @Nullable UUID uuid(String text) {
        try {
            UUID uuid = UUID.fromString(text);
            return uuid.toString().equals(text) ? uuid : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The event as Akka knows it. Throws {@link JournalDamage} with its place when it cannot be read. */
    PersistentRepr event(String id, Stored stored) {
        try {
            Envelope envelope = Envelope.parseFrom(stored.envelope());
            PersistentRepr event = PersistentRepr.apply(
                            payload(stored),
                            stored.sequence(),
                            id,
                            envelope.getAdapterManifest(),
                            false,
                            ActorRef.noSender(),
                            writer(envelope))
                    .withTimestamp(envelope.getTimestamp());
            return envelope.hasMetadata() ? event.withMetadata(metadata(envelope.getMetadata())) : event;
        } catch (JournalDamage e) {
            throw e.at(id, stored.sequence());
        } catch (NotSerializableException | InvalidProtocolBufferException e) {
            throw new JournalDamage("cannot be read: " + e.getMessage(), e).at(id, stored.sequence());
        }
    }

    /** Metadata and state; throws whatever the serializer throws. */
    Object state(Snapshot snapshot) throws NotSerializableException {
        return serialization.deserializeByteBuffer(
                ByteBuffer.wrap(snapshot.payload()), snapshot.serializer(), snapshot.manifest());
    }

    SnapshotMetadata metadata(Snapshot snapshot) throws NotSerializableException, InvalidProtocolBufferException {
        Envelope envelope = Envelope.parseFrom(snapshot.envelope());
        SnapshotMetadata metadata = new SnapshotMetadata(snapshot.id(), snapshot.sequence(), snapshot.timestamp());
        return envelope.hasMetadata() ? metadata.withMetadata(metadata(envelope.getMetadata())) : metadata;
    }

    private Object payload(Stored stored) throws NotSerializableException {
        ByteBuffer octets = ByteBuffer.wrap(stored.array(), stored.payloadOffset(), stored.payloadLength());
        return serialization.deserializeByteBuffer(octets, stored.serializer(), stored.manifest());
    }

    private Object metadata(Metadata metadata) throws NotSerializableException {
        return serialization.deserializeByteBuffer(
                ByteBuffer.wrap(metadata.getValue().toByteArray()), metadata.getSerializer(), metadata.getManifest());
    }

    private static String writer(Envelope envelope) {
        ByteString writer = envelope.getWriter();
        if (writer.size() != 2 * Long.BYTES) {
            return envelope.getWriterText();
        }
        ByteBuffer octets = writer.asReadOnlyByteBuffer();
        return new UUID(octets.getLong(), octets.getLong()).toString();
    }
}
