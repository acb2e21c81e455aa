package io.jobaudit.ids;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/** Compression of a file, detected by its first bytes. */
enum Compression {

	NONE("") {
		@Override
		InputStream uncompressed(InputStream file) {
			return file;
		}
	},

	/** java.util.zip would take a damaged member for the end. */
	GZIP("\u001f\u008b") {
		@Override
		InputStream uncompressed(InputStream file) throws IOException {
			return GzipCompressorInputStream.builder().setInputStream(file).setDecompressConcatenated(true).get();
		}
	},

	BZIP2("BZh") {
		@Override
		InputStream uncompressed(InputStream file) throws IOException {
			return new BZip2CompressorInputStream(file, true);
		}
	},

	ZSTD("(\u00b5/\u00fd") {
		@Override
		InputStream uncompressed(InputStream file) throws IOException {
			return new ZstdCompressorInputStream(file);
		}
	};

	private final String start;

	Compression(String start) {
		this.start = start;
	}

	/**
	 * Reads all members of an archive.
	 * @throws IOException when it is damaged
	 */
	abstract InputStream uncompressed(InputStream file) throws IOException;

	static Compression of(Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file)) {
			return of(new String(in.readNBytes(8), StandardCharsets.ISO_8859_1));
		}
	}

	/** By the first bytes, as Latin 1. */
	static Compression of(String start) {
		for (Compression compression : values()) {
			if (compression != NONE && start.startsWith(compression.start)) {
				return compression;
			}
		}
		return NONE;
	}

	@Override
	public String toString() {
		return name().toLowerCase();
	}

}
