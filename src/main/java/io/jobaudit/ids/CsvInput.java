package io.jobaudit.ids;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * A CSV file of ids and how to read it.
 *
 * @param source what the operator named: a path, or {@code -} for standard input
 * @param file the file that holds it
 * @param idColumn column that holds the ids, by name or by number from 1; null to find it
 * @param sha256 SHA-256 of the file's bytes in hex
 */
public record CsvInput(String source, Path file, @Nullable String idColumn, String sha256) {

	/** Standard input, as an operator writes it. */
	public static final String STANDARD_INPUT = "-";

	private static final int BUFFER = 1 << 16;

	/**
	 * Opens a file, or keeps standard input in one so that it can be read twice.
	 * @param source a path, or {@code -}
	 * @param idColumn column that holds the ids, null to find it
	 * @param standardInput what {@code -} stands for
	 * @throws BadInputException when it is missing, not readable, empty or plainly not
	 * CSV
	 */
	public static CsvInput open(String source, @Nullable String idColumn, InputStream standardInput) {
		try {
			Path file = source.equals(STANDARD_INPUT) ? spool(standardInput) : existing(source);
			requireText(source, file);
			return new CsvInput(source, file, idColumn, sha256(file));
		}
		catch (IOException ex) {
			throw new BadInputException("cannot read " + source + ": " + ex.getMessage(), ex);
		}
	}

	private static Path existing(String source) {
		Path file = Path.of(source);
		if (!Files.exists(file)) {
			throw new BadInputException(
					"expected a CSV file of job ids, but there is no file " + file.toAbsolutePath());
		}
		if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
			throw new BadInputException(
					"expected a CSV file of job ids, but " + file.toAbsolutePath() + " is not a readable file");
		}
		return file;
	}

	private static Path spool(InputStream standardInput) throws IOException {
		Path file = Files.createTempFile("job-audit-ids-", ".csv");
		file.toFile().deleteOnExit();
		Files.copy(standardInput, file, StandardCopyOption.REPLACE_EXISTING);
		return file;
	}

	private static void requireText(String source, Path file) throws IOException {
		byte[] start;
		try (InputStream in = Files.newInputStream(file)) {
			start = in.readNBytes(8192);
		}
		if (start.length == 0) {
			throw new BadInputException("expected a CSV file of job ids, but " + source + " is empty");
		}
		String kind = kindOf(new String(start, StandardCharsets.ISO_8859_1));
		if (kind != null) {
			throw new BadInputException("expected CSV in UTF-8, but " + source + " is " + kind);
		}
	}

	private static @Nullable String kindOf(String start) {
		if (start.startsWith("PK\3\4")) {
			return "an Excel workbook or another zip archive; save the sheet as \"CSV UTF-8\"";
		}
		if (start.startsWith("\u001f\u008b")) {
			return "compressed with gzip; unpack it first";
		}
		if (start.startsWith("\u00ff\u00fe") || start.startsWith("\u00fe\u00ff")) {
			return "in UTF-16; save it as \"CSV UTF-8\"";
		}
		int nul = start.indexOf('\0');
		return (nul >= 0) ? "binary: byte " + (nul + 1) + " is NUL" : null;
	}

	private static String sha256(Path file) throws IOException {
		MessageDigest digest = digest();
		try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
			byte[] buffer = new byte[BUFFER];
			while (in.read(buffer) >= 0) {
				continue;
			}
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	private static MessageDigest digest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

}
