package io.jobaudit.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import io.jobaudit.SmartJobId;
import io.jobaudit.SpreadsheetSafeText;
import io.jobaudit.csv.CsvPrinters;
import io.jobaudit.fetch.api.ListedJob;
import io.jobaudit.ids.CsvInput;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** Writes what the API lists as a CSV file that is valid input, each job once. */
final class JobListFile {

	private JobListFile() {
	}

	/**
	 * Writes what is listed of each job; no spreadsheet runs it as a formula.
	 * @param pages gives page after page, then null
	 * @return how many jobs
	 */
	static long write(Path file, Supplier<@Nullable List<ListedJob>> pages) throws IOException {
		return write(file, pages, CsvInput.JOB_LIST_COLUMNS, (job) -> List.of(inert(job.jobId()), inert(job.jobType()),
				inert(job.state()), (job.createTime() != null) ? job.createTime().toString() : ""));
	}

	/**
	 * Writes ids only: the same ids give the same file, whatever the state of their jobs.
	 * @param pages gives page after page, then null
	 * @return how many ids
	 */
	static long writeIds(Path file, Supplier<@Nullable List<ListedJob>> pages) throws IOException {
		return write(file, pages, CsvInput.JOB_LIST_COLUMNS.subList(0, 1), (job) -> List.of(job.jobId()));
	}

	private static long write(Path file, Supplier<@Nullable List<ListedJob>> pages, List<String> header,
			Function<ListedJob, List<String>> row) throws IOException {
		Set<String> seen = new HashSet<>();
		try (CSVPrinter csv = CsvPrinters.withLineFeeds(file)) {
			csv.printRecord(header);
			for (List<ListedJob> page = pages.get(); page != null; page = pages.get()) {
				for (ListedJob job : page) {
					if (seen.add(job.jobId())) {
						csv.printRecord(row.apply(job));
					}
				}
			}
		}
		return seen.size();
	}

	/** A well-formed id may begin with a hyphen, and is read back as it is. */
	private static String inert(@Nullable String text) {
		return (text == null) ? "" : SmartJobId.isWellFormed(text) ? text : SpreadsheetSafeText.of(text);
	}

}
