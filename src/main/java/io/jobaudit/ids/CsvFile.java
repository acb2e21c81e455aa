package io.jobaudit.ids;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * One CSV file of an input.
 *
 * @param source what the operator named: a path, or {@code -} for standard input
 * @param path the file that holds it
 * @param gzip whether it is compressed with gzip
 * @param sha256 SHA-256 of the file's bytes in hex
 * @param offset added to its line numbers, so that line numbers are unique in the input
 */
public record CsvFile(String source, Path path, boolean gzip, String sha256, long offset) {

	/** Opens its text, uncompressed. */
	InputStream open() throws IOException {
		InputStream file = new BufferedInputStream(Files.newInputStream(this.path));
		return this.gzip ? uncompressed(file) : file;
	}

	/**
	 * Reads all members of an archive; java.util.zip would take a damaged one for its
	 * end.
	 * @throws IOException when it is damaged
	 */
	static InputStream uncompressed(InputStream compressed) throws IOException {
		return GzipCompressorInputStream.builder().setInputStream(compressed).setDecompressConcatenated(true).get();
	}

}
