package io.jobaudit.ids;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Map;

import io.jobaudit.FailureReason;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One CSV file of an input.
 *
 * @param source what the operator named: a path, or {@code -} for standard input
 * @param offset added to its line numbers, so that line numbers are unique in the input
 */
public record CsvFile(String source, Path path, boolean gzip, String sha256, long offset) {

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

	/**
	 * What a first pass over a whole file finds, before it is accepted as input.
	 *
	 * @param lines an upper bound of its number of lines, whatever its line ends are
	 */
	record FileScan(boolean gzip, String sha256, long lines) {

		private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

		private static final Map<String, String> ARCHIVES = Map.of("BZh", "bzip2", "(\u00b5/\u00fd", "zstd",
				"\u00fd7zXZ", "xz");

		private static final int BUFFER = 1 << 16;

		/**
		 * Reads a file to its end.
		 * @throws BadInputException when it is empty, clearly not CSV, or a damaged
		 * archive
		 */
		static FileScan of(String source, Path path) throws IOException {
			MessageDigest digest = DigestUtils.getSha256Digest();
			boolean gzip = isGzip(path);
			try (InputStream raw = new BufferedInputStream(new DigestInputStream(Files.newInputStream(path), digest),
					BUFFER)) {
				long lines = gzip ? readCompressed(source, raw) : read(source, raw);
				raw.transferTo(OutputStream.nullOutputStream());
				return new FileScan(gzip, Hex.encodeHexString(digest.digest()), lines);
			}
		}

		private static long readCompressed(String source, InputStream raw) {
			try {
				return read(source, CsvFile.uncompressed(raw));
			}
			catch (IOException ex) {
				throw new BadInputException("%s: the gzip archive is damaged: %s; copy the file again".formatted(source,
						FailureReason.ofFile(ex)), ex);
			}
		}

		CsvFile file(String source, Path path, long offset) {
			return new CsvFile(source, path, this.gzip, this.sha256, offset);
		}

		private static boolean isGzip(Path path) throws IOException {
			try (InputStream in = Files.newInputStream(path)) {
				return in.read() == 0x1f && in.read() == 0x8b;
			}
		}

		private static long read(String source, InputStream in) throws IOException {
			byte[] start = in.readNBytes(8192);
			String text = new String(start, StandardCharsets.ISO_8859_1);
			if (text.isEmpty() || text.equals(BYTE_ORDER_MARK)) {
				throw new BadInputException("%s: the file is empty; give a CSV file of job ids".formatted(source));
			}
			String kind = kindOf(text);
			if (kind != null) {
				throw new BadInputException("%s: %s".formatted(source, kind));
			}
			long lines = 1 + lineEnds(start, start.length);
			byte[] buffer = new byte[BUFFER];
			for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
				lines += lineEnds(buffer, length);
			}
			return lines;
		}

		private static long lineEnds(byte[] bytes, int length) {
			long ends = 0;
			for (int i = 0; i < length; i++) {
				ends += (bytes[i] == '\n' || bytes[i] == '\r') ? 1 : 0;
			}
			return ends;
		}

		private static @Nullable String kindOf(String start) {
			if (start.startsWith("PK\3\4")) {
				return "the file is an Excel workbook or a zip archive; save the sheet as \"CSV UTF-8\"";
			}
			if (start.startsWith("\u001f\u008b")) {
				return "the file is compressed with gzip twice; uncompress it once";
			}
			if (start.startsWith("\u00ff\u00fe") || start.startsWith("\u00fe\u00ff")) {
				return "the file is in UTF-16; save it as \"CSV UTF-8\"";
			}
			for (Map.Entry<String, String> format : ARCHIVES.entrySet()) {
				if (start.startsWith(format.getKey())) {
					return "the file is compressed with %s; give it plain or compressed with gzip"
						.formatted(format.getValue());
				}
			}
			int nul = start.indexOf('\0');
			return (nul >= 0) ? "the file is binary, byte %d is NUL; give CSV in UTF-8, plain or compressed with gzip"
				.formatted(nul + 1) : null;
		}

	}

}
