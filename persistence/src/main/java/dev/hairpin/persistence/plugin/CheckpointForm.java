package dev.hairpin.persistence.plugin;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.hairpin.model.frame.FrameColumns;
import dev.hairpin.model.link.Passage;
import dev.hairpin.model.topology.Checkpoint;
import dev.hairpin.model.topology.Checkpoint.OfStage;
import dev.hairpin.model.topology.SeekableFeed.Position;
import java.util.ArrayList;
import java.util.List;

/** A checkpoint in octets: position, then stage by stage the frames that wait and what else it holds, column by column. */
final class CheckpointForm extends Serializer<Checkpoint> {
    private static final int LEAST_STAGE = 3;
    private static final int OCTETS_A_FRAME = 6 * Long.BYTES + 5 * Integer.BYTES;

    CheckpointForm() {
        super(false, true);
    }

    @Override
    public void write(Kryo kryo, Output output, Checkpoint checkpoint) {
        Position position = checkpoint.position();
        output.writeLong(position.wave());
        output.writeLong(position.frames());
        output.writeLong(position.time());
        output.writeLong(position.number());
        output.writeVarInt(checkpoint.stages().size(), true);
        for (OfStage stage : checkpoint.stages()) {
            output.writeVarLong(stage.sequence(), true);
            output.writeVarInt(stage.passage().waiting().size(), true);
            for (FrameColumns frames : stage.passage().waiting()) {
                write(output, frames);
            }
            output.writeVarInt(stage.passage().held().size(), true);
            for (long[] held : stage.passage().held()) {
                output.writeVarInt(held.length, true);
                output.writeLongs(held, 0, held.length);
            }
        }
    }

    private static void write(Output output, FrameColumns frames) {
        int size = frames.size();
        output.writeVarInt(size, true);
        output.writeLongs(frames.time(), 0, size);
        output.writeLongs(frames.number(), 0, size);
        output.writeLongs(frames.destination(), 0, size);
        output.writeLongs(frames.source(), 0, size);
        output.writeInts(frames.tag(), 0, size);
        output.writeInts(frames.etherType(), 0, size);
        output.writeLongs(frames.offset(), 0, size);
        output.writeInts(frames.captured(), 0, size);
        output.writeInts(frames.length(), 0, size);
        output.writeInts(frames.port(), 0, size);
        output.writeLongs(frames.retagging(), 0, size);
    }

    @Override
    public Checkpoint read(Kryo kryo, Input input, Class<? extends Checkpoint> type) {
        Position position = new Position(input.readLong(), input.readLong(), input.readLong(), input.readLong());
        int count = KryoClasses.count(input, LEAST_STAGE);
        List<OfStage> stages = new ArrayList<>(count);
        for (int stage = 0; stage < count; stage++) {
            long sequence = input.readVarLong(true);
            List<FrameColumns> waiting = new ArrayList<>();
            for (int links = KryoClasses.count(input, 1); links > 0; links--) {
                waiting.add(frames(input));
            }
            List<long[]> held = new ArrayList<>();
            for (int columns = KryoClasses.count(input, 1); columns > 0; columns--) {
                held.add(input.readLongs(KryoClasses.count(input, Long.BYTES)));
            }
            stages.add(new OfStage(sequence, new Passage(waiting, held)));
        }
        return new Checkpoint(position, stages);
    }

    private static FrameColumns frames(Input input) {
        int size = KryoClasses.count(input, OCTETS_A_FRAME);
        return new FrameColumns(
                input.readLongs(size),
                input.readLongs(size),
                input.readLongs(size),
                input.readLongs(size),
                input.readInts(size),
                input.readInts(size),
                input.readLongs(size),
                input.readInts(size),
                input.readInts(size),
                input.readInts(size),
                input.readLongs(size));
    }
}
