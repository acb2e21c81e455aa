package io.jobaudit.ids;

import java.util.Optional;

import io.jobaudit.ids.InputLine.RejectedLine;
import org.jspecify.annotations.Nullable;

/**
 * Judges an input by its counts: a list with few ids in it is probably no list of ids.
 */
public final class ImportCheck {

	private ImportCheck() {
	}

	/**
	 * Checks the counts of an input that was read to its end.
	 * @param malformed lines without a well-formed id
	 * @param first the first rejected line, null for none
	 * @return a warning, when most lines are malformed
	 * @throws BadInputException when no line has a well-formed id
	 */
	public static Optional<String> check(CsvInput input, long lines, long malformed, @Nullable RejectedLine first) {
		if (lines == 0) {
			throw new BadInputException(
					"%s: the input has no data lines; give a CSV file of job ids".formatted(input.source()));
		}
		if (malformed * 2 <= lines) {
			return Optional.empty();
		}
		String why = Lookalike.of(input).orElseGet(() -> String.valueOf(first));
		if (malformed == lines) {
			throw new BadInputException(
					"%s: none of the %d data lines has a well-formed job id: %s".formatted(input.source(), lines, why));
		}
		return Optional
			.of("%s: %d of the %d data lines are malformed: %s".formatted(input.source(), malformed, lines, why));
	}

}
