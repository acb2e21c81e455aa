package io.jobaudit.preview;

import io.jobaudit.ids.CsvFile;
import io.jobaudit.ids.CsvInput;
import io.jobaudit.ids.InputLine;
import io.jobaudit.ids.InputLine.MalformedLine;
import io.jobaudit.ids.InputLine.RequestedId;

/**
 * A line that a run would reject.
 *
 * @param file its file as it was named
 * @param lineNo its number in the file, from 1
 * @param content what stands there
 * @param reason what is wrong
 */
public record RejectedLine(String file, long lineNo, String content, String reason) {

	static RejectedLine of(CsvInput input, InputLine line) {
		CsvFile file = input.files()
			.stream()
			.filter((candidate) -> candidate.offset() < line.lineNo())
			.reduce((earlier, later) -> later)
			.orElseThrow();
		String content = (line instanceof MalformedLine malformed) ? malformed.content()
				: ((RequestedId) line).id().value();
		String reason = (line instanceof MalformedLine malformed) ? malformed.reason().name() : "DUPLICATE";
		return new RejectedLine(file.source(), line.lineNo() - file.offset(), content, reason);
	}

}
