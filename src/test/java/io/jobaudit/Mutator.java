package io.jobaudit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** Damages sample files of a format at random. */
public final class Mutator {

	/** Numbers and texts that are odd in any format. */
	private static final List<String> ODD = List.of("", "\0", "\u0007", "\uFEFF", "\u00a0", "\u2028", "\ud83d\ude80",
			"\"", "'", "\n", "\r", "\t", "\\", "-1", "0", "1e999999999", "NaN", "9223372036854775808", "0x1F", "${x}",
			"#", "%", "null", "true", "\u0130", "\u00df");

	private static final int LONGEST = 1 << 16;

	private static final int MANY = 3000;

	private static final int MOST_SHOWN = 4000;

	private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\n]]");

	private final List<byte[]> samples;

	private final List<String> pieces;

	/**
	 * Creates a mutator.
	 * @param samples files without a fault
	 * @param pieces texts that mean something in the format
	 */
	public Mutator(List<byte[]> samples, List<String> pieces) {
		this.samples = List.copyOf(samples);
		this.pieces = List.copyOf(pieces);
	}

	/** A sample with at most six changes, which may overlap, now and then with none. */
	public byte[] next(Random random) {
		byte[] bytes = Generated.pick(random, this.samples);
		for (int left = random.nextInt(7); left > 0; left--) {
			bytes = changed(random, bytes);
		}
		return (bytes.length <= LONGEST) ? bytes : Arrays.copyOf(bytes, LONGEST);
	}

	/** Such a file for people, cut where it is very long. */
	public static String shown(byte[] bytes) {
		String text = new String(bytes, 0, Math.min(bytes.length, MOST_SHOWN), StandardCharsets.UTF_8);
		return CONTROL.matcher(text).replaceAll((found) -> "<%02x>".formatted((int) found.group().charAt(0)))
				+ ((bytes.length > MOST_SHOWN) ? "... (%d bytes)".formatted(bytes.length) : "");
	}

	private byte[] changed(Random random, byte[] bytes) {
		int from = random.nextInt(bytes.length + 1);
		int to = Math.min(bytes.length, from + random.nextInt(random.nextInt(4) == 0 ? 200 : 6));
		return switch (random.nextInt(10)) {
			case 0 -> joined(bytes, from, new byte[] { (byte) random.nextInt() }, Math.min(from + 1, bytes.length));
			case 1 -> joined(bytes, from, new byte[0], to);
			case 2 -> joined(bytes, from, Arrays.copyOfRange(bytes, from, to), from);
			case 3 -> Arrays.copyOf(bytes, from);
			case 4 -> other(random, bytes, from);
			case 5 -> joined(bytes, from, repeated(random), from);
			case 6, 7 -> word(random, bytes, from);
			default -> joined(bytes, from, piece(random), random.nextBoolean() ? from : to);
		};
	}

	/** Ends as another sample does. */
	private byte[] other(Random random, byte[] bytes, int from) {
		byte[] other = Generated.pick(random, this.samples);
		return joined(bytes, from, Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length),
				bytes.length);
	}

	/** Replaces a word or number by a piece. */
	private byte[] word(Random random, byte[] bytes, int from) {
		int begin = from;
		while (begin > 0 && isOfAWord(bytes[begin - 1])) {
			begin--;
		}
		int end = from;
		while (end < bytes.length && isOfAWord(bytes[end])) {
			end++;
		}
		return joined(bytes, begin, piece(random), end);
	}

	private byte[] repeated(Random random) {
		String piece = new String(piece(random), StandardCharsets.UTF_8);
		return piece.repeat(random.nextInt(random.nextInt(20) == 0 ? MANY : 8)).getBytes(StandardCharsets.UTF_8);
	}

	private byte[] piece(Random random) {
		int kind = random.nextInt(8);
		String piece = (kind == 0) ? Generated.text(random, 6) : Generated.pick(random, (kind < 3) ? ODD : this.pieces);
		return piece.getBytes(StandardCharsets.UTF_8);
	}

	private static boolean isOfAWord(byte character) {
		return Character.isLetterOrDigit(character) || character == '_' || character == '-' || character == '.';
	}

	private static byte[] joined(byte[] bytes, int from, byte[] middle, int to) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		joined.write(bytes, 0, from);
		joined.writeBytes(middle);
		joined.write(bytes, to, bytes.length - to);
		return joined.toByteArray();
	}

}
