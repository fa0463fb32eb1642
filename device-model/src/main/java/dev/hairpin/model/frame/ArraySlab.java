package dev.hairpin.model.frame;

import java.nio.ByteBuffer;

/** A slab in the heap. */
final class ArraySlab implements Slab {
    private final ByteBuffer octets;

    ArraySlab(byte[] octets) {
        this.octets = ByteBuffer.wrap(octets.clone());
    }

    @Override
    public long size() {
        return octets.capacity();
    }

    @Override
    public int octet(long offset) {
        return octets.get(index(offset)) & 0xFF;
    }

    @Override
    public int u16(long offset) {
        return octets.getShort(index(offset)) & 0xFFFF;
    }

    @Override
    public int i32(long offset) {
        return octets.getInt(index(offset));
    }

    @Override
    public long i64(long offset) {
        return octets.getLong(index(offset));
    }

    @Override
    public void copy(long offset, byte[] into, int at, int length) {
        octets.get(index(offset), into, at, length);
    }

    private static int index(long offset) {
        if (offset != (int) offset) {
            throw new IndexOutOfBoundsException("offset " + offset);
        }
        return (int) offset;
    }
}
