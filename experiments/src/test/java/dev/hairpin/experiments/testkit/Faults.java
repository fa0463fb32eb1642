package dev.hairpin.experiments.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;

/**
 * Lets changes of files fail, in a process that was started with {@link #environment}: {@code faults.c}, loaded before the
 * C library, does it, and this tells it when.
 */
public final class Faults {
    private static final String SOURCE = "/dev/hairpin/experiments/run/faults.c";
    private static final String CONTROL = "HAIRPIN_FAULTS";
    private static final int OCTETS = 4096;
    private static final int NTH = 8;
    private static final int ERROR = 16;
    private static final int LASTING = 24;
    private static final int FOLDER = 32;

    private final MappedByteBuffer control;

    /** What goes wrong. */
    public enum Fault {
        /** Once, as a bad block does. */
        INPUT_OUTPUT_ERROR(5, false, "Input/output error"),
        /** From then on. */
        DISK_FULL(28, true, "No space left on device"),
        /** From then on, as after an error that the system answers by mounting the disk anew. */
        READ_ONLY(30, true, "Read-only file system");

        private final int number;
        private final boolean lasting;
        private final String words;

        Fault(int number, boolean lasting, String words) {
            this.number = number;
            this.lasting = lasting;
            this.words = words;
        }

        /** What the system calls it. */
        public String words() {
            return words;
        }
    }

    private Faults(MappedByteBuffer control) {
        this.control = control;
    }

    /** What a process needs in its environment; without a C compiler the test is skipped. */
    public static Map<String, String> environment(Path scratch) throws IOException, InterruptedException {
        Path source = scratch.resolve("faults.c");
        Path library = scratch.resolve("faults.so");
        try (InputStream in = Faults.class.getResourceAsStream(SOURCE)) {
            Files.copy(Objects.requireNonNull(in, SOURCE), source);
        }
        assumeTrue(System.getProperty("os.name").equals("Linux"), "changes of files are made to fail on Linux only");
        assumeTrue(isThere("gcc"), "there is no gcc, which makes what lets changes of files fail");
        int code = new ProcessBuilder(
                        "gcc", "-O2", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl")
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException(source + ": gcc ended with " + code);
        }
        Path control = Files.write(scratch.resolve("faults"), new byte[OCTETS]);
        return Map.of("LD_PRELOAD", library.toString(), CONTROL, control.toString());
    }

    private static boolean isThere(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    /** Those of this process. */
    public static Faults here() throws IOException {
        try (FileChannel file =
                FileChannel.open(Path.of(System.getenv(CONTROL)), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new Faults(file.map(MapMode.READ_WRITE, 0, OCTETS));
        }
    }

    /** From now on the {@code nth} change of something in {@code folder} fails; 0 for none. */
    public void arm(Path folder, long nth, Fault fault) {
        disarm();
        ByteBuffer octets = control.order(ByteOrder.nativeOrder());
        octets.putLong(0, 0).putLong(NTH, nth).putLong(ERROR, fault.number).putLong(LASTING, fault.lasting ? 1 : 0);
        octets.put(FOLDER, (folder + "\0").getBytes(UTF_8));
    }

    /** From now on none fails. Returns how many changes there were since it was armed. */
    public long disarm() {
        ByteBuffer octets = control.order(ByteOrder.nativeOrder());
        octets.put(FOLDER, (byte) 0).putLong(NTH, 0);
        return octets.getLong(0);
    }
}
