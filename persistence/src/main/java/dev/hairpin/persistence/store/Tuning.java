package dev.hairpin.persistence.store;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.ChecksumType;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Logger;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WALRecoveryMode;
import org.slf4j.LoggerFactory;

/**
 * RocksDB as a journal wants it: many small databases of which each is written once, front to back, and read as a whole.
 * Small fixed cost of a folder, bounded memory, no files for RocksDB's own log.
 */
final class Tuning {
    /**
     * After so many octets {@link Database} syncs the write-ahead log and begins a new one. It must be the one who does
     * it, so that a loss of power cannot take the end of one log and leave the next; hence RocksDB's own limit, {@link
     * #ROCKSDB_BUFFER}, is out of reach.
     */
    static final long SWITCH_AFTER = 16L << 20;

    private static final long ROCKSDB_BUFFER = 1L << 40;
    private static final long ARENA_BLOCK = 256L << 10;
    private static final int BLOCK = 32 << 10;
    private static final long CACHE = 32L << 20;
    private static final long WRITE_BACK_EVERY = 1L << 20;
    private static final long MANIFEST_LIMIT = 1L << 20;

    private Tuning() {}

    /** The caller closes them after the database. */
    static Options options() {
        RocksDB.loadLibrary();
        Options options = new Options();
        options.setCreateIfMissing(true)
                // Refuses a log that is damaged anywhere but at its torn end. The default mode would open it cleanly,
                // without the damaged record and all that follow.
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setParanoidChecks(true)
                .setWriteBufferSize(ROCKSDB_BUFFER)
                .setArenaBlockSize(ARENA_BLOCK)
                .setMaxWriteBufferNumber(3)
                .setMaxBackgroundJobs(2)
                .setAllowFAllocate(false)
                .setBytesPerSync(WRITE_BACK_EVERY)
                .setWalBytesPerSync(WRITE_BACK_EVERY)
                .setMaxManifestFileSize(MANIFEST_LIMIT)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                .setSkipStatsUpdateOnDbOpen(true)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setTargetFileSizeBase(64L << 20)
                .setMaxBytesForLevelBase(256L << 20)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockSize(BLOCK)
                        .setChecksumType(ChecksumType.kXXH3)
                        .setBlockCache(Shared.CACHE))
                .setLogger(new ErrorLog());
        return options;
    }

    /** One cache for all journals of the process. */
    private static final class Shared {
        static final Cache CACHE = new LRUCache(Tuning.CACHE);
    }

    /** What RocksDB has to say goes where Hairpin's own log goes, and only when it is an error. */
    private static final class ErrorLog extends Logger {
        private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(RocksJournal.class);

        ErrorLog() {
            super(InfoLogLevel.ERROR_LEVEL);
        }

        @Override
        protected void log(InfoLogLevel level, String message) {
            LOG.warn("RocksDB: {}", message);
        }
    }
}
