package io.jobaudit.cli;

import java.nio.charset.Charset;

import io.jobaudit.ids.CsvHints;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How the files of {@code --ids} are read. */
final class CsvOptions {

	@Option(names = "--id-column", paramLabel = "NAME",
			description = "Column of the ids, by name or number; default: job_id, jobid, JobId or id, or the only column.")
	private @Nullable String idColumn;

	@Option(names = "--delimiter", paramLabel = "CHAR", converter = Delimiter.class,
			description = "Character between the cells, or tab; default: the one of , ; | and tab that fits the header.")
	private @Nullable Character delimiter;

	@Option(names = "--encoding", paramLabel = "NAME",
			description = "Encoding of the text, such as GB18030; default: UTF-8, or UTF-16 with a byte order mark.")
	private @Nullable Charset encoding;

	CsvHints hints() {
		return new CsvHints(this.idColumn, this.delimiter, this.encoding);
	}

	private static final class Delimiter implements ITypeConverter<Character> {

		@Override
		public Character convert(String value) {
			if (value.equals("tab") || value.equals("\\t")) {
				return '\t';
			}
			if (value.length() != 1 || Character.isLetterOrDigit(value.charAt(0)) || "\"\r\n".contains(value)) {
				throw new TypeConversionException("no delimiter");
			}
			return value.charAt(0);
		}

	}

}
