package io.jobaudit.ids;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;

import io.jobaudit.FailureReason;
import io.jobaudit.csv.CsvFormat;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * One CSV file of an input.
 *
 * @param source what the operator named: a path, or {@code -} for standard input
 * @param offset added to its line numbers, so that line numbers are unique in the input
 */
public record CsvFile(String source, Path path, CsvFormat format, String sha256, long offset) {

	InputStream open() throws IOException {
		Compression compression = Compression.of(this.path);
		return compression.uncompressed(new BufferedInputStream(Files.newInputStream(this.path)));
	}

	CsvFile withDelimiter(char delimiter) {
		return new CsvFile(this.source, this.path, new CsvFormat(delimiter, this.format.encoding()), this.sha256,
				this.offset);
	}

	/**
	 * What a first pass over a whole file finds, before it is accepted as input.
	 *
	 * @param lines an upper bound of its number of lines, whatever its line ends are
	 */
	record FileScan(Charset encoding, String sha256, long lines) {

		private static final String UTF_8_MARK = "\u00ef\u00bb\u00bf";

		private static final int BUFFER = 1 << 16;

		/**
		 * Reads a file to its end.
		 * @param encoding of its text, null for UTF-8; a byte order mark of UTF-16 counts
		 * more
		 * @throws BadInputException when it is empty, clearly not CSV, or a damaged
		 * archive
		 */
		static FileScan of(String source, Path path, @Nullable Charset encoding) throws IOException {
			MessageDigest digest = DigestUtils.getSha256Digest();
			Compression compression = Compression.of(path);
			try (InputStream raw = new BufferedInputStream(new DigestInputStream(Files.newInputStream(path), digest),
					BUFFER)) {
				FileScan scan = read(source, raw, compression, (encoding != null) ? encoding : StandardCharsets.UTF_8);
				raw.transferTo(OutputStream.nullOutputStream());
				return new FileScan(scan.encoding, Hex.encodeHexString(digest.digest()), scan.lines);
			}
		}

		private static FileScan read(String source, InputStream raw, Compression compression, Charset encoding)
				throws IOException {
			try {
				return read(source, compression.uncompressed(raw), encoding);
			}
			catch (IOException ex) {
				if (compression == Compression.NONE) {
					throw ex;
				}
				throw new BadInputException("%s: the %s archive is damaged: %s; copy the file again".formatted(source,
						compression, FailureReason.ofFile(ex)), ex);
			}
		}

		CsvFile file(String source, Path path, long offset) {
			return new CsvFile(source, path, new CsvFormat(CsvFormat.STANDARD.delimiter(), this.encoding), this.sha256,
					offset);
		}

		private static FileScan read(String source, InputStream in, Charset given) throws IOException {
			byte[] start = in.readNBytes(8192);
			String bytes = new String(start, StandardCharsets.ISO_8859_1);
			Charset encoding = encoding(bytes, given);
			if (bytes.isEmpty() || bytes.equals(UTF_8_MARK)) {
				throw new BadInputException("%s: the file is empty; give a CSV file of job ids".formatted(source));
			}
			String kind = kindOf(bytes, new String(start, encoding));
			if (kind != null) {
				throw new BadInputException("%s: %s".formatted(source, kind));
			}
			long lines = 1 + lineEnds(start, start.length);
			byte[] buffer = new byte[BUFFER];
			for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
				lines += lineEnds(buffer, length);
			}
			return new FileScan(encoding, "", lines);
		}

		private static Charset encoding(String bytes, Charset given) {
			if (bytes.startsWith("\u00ff\u00fe")) {
				return StandardCharsets.UTF_16LE;
			}
			return bytes.startsWith("\u00fe\u00ff") ? StandardCharsets.UTF_16BE : given;
		}

		/** A byte of a line end may also be half of a character. */
		private static long lineEnds(byte[] bytes, int length) {
			long ends = 0;
			for (int i = 0; i < length; i++) {
				ends += (bytes[i] == '\n' || bytes[i] == '\r') ? 1 : 0;
			}
			return ends;
		}

		private static @Nullable String kindOf(String bytes, String text) {
			if (bytes.startsWith("PK\3\4")) {
				return "the file is an Excel workbook or a zip archive; save the sheet as \"CSV UTF-8\", or unzip it";
			}
			if (bytes.startsWith("\u00fd7zXZ")) {
				return "the file is compressed with xz; give it plain, or compressed with gzip, bzip2 or zstd";
			}
			Compression inner = Compression.of(bytes);
			if (inner != Compression.NONE) {
				return "the file is compressed twice, inside with %s; uncompress it once".formatted(inner);
			}
			int nul = text.indexOf('\0');
			return (nul >= 0)
					? "the file is binary, character %d is NUL; give CSV, or its --encoding".formatted(nul + 1) : null;
		}

	}

}
