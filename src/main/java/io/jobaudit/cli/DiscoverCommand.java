package io.jobaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import io.jobaudit.ExitStatus;
import io.jobaudit.FailureReason;
import io.jobaudit.SmartJobId;
import io.jobaudit.SpreadsheetSafeText;
import io.jobaudit.csv.CsvPrinters;
import io.jobaudit.fetch.AccountClient;
import io.jobaudit.fetch.JobListing;
import io.jobaudit.fetch.api.ListRequest.ListFilter;
import io.jobaudit.fetch.api.ListedJob;
import io.jobaudit.ids.CsvInput;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the account's jobs; needs no database. */
@Command(name = "discover", description = "Lists the account's jobs (ListSmartJobs) as a CSV file for run --ids.")
final class DiscoverCommand extends AuditCommand {

	@Option(names = "--type", paramLabel = "TYPE", description = "Only jobs of this type, e.g. ASR.")
	private @Nullable String type;

	@Option(names = "--state", paramLabel = "STATE", description = "Only jobs in this state, e.g. Failed.")
	private @Nullable String state;

	@Option(names = "--out", paramLabel = "FILE", description = "File to write; default: standard output.")
	private @Nullable Path out;

	@Override
	public Integer call() throws Exception {
		return run(settings(), (context, stop) -> {
			try (AccountClient client = client(context)) {
				client.requireCredentials();
				JobListing listing = client.listing(new ListFilter(this.type, this.state));
				stop.onStop(listing::stop);
				long jobs = write(listing);
				System.err.printf(Locale.ROOT, "%s: %,d jobs in %,d calls%n", listing, jobs, listing.usage().calls());
				return ExitStatus.COMPLETE;
			}
			catch (IOException ex) {
				Failures.say("cannot write the list to %s: %s (exit %d)".formatted(
						(this.out != null) ? this.out.toAbsolutePath() : "standard output", reason(ex),
						ExitStatus.OUTPUT.code()));
				return ExitStatus.OUTPUT;
			}
		});
	}

	/** The file that is missing is a temporary one in the directory of the list. */
	private static String reason(IOException failure) {
		return (failure instanceof NoSuchFileException missing)
				? "the directory " + Path.of(missing.getFile()).toAbsolutePath().getParent() + " does not exist"
				: FailureReason.ofFile(failure);
	}

	/** Writes the whole list or nothing. */
	private long write(JobListing listing) throws IOException {
		Path spool = spool();
		try {
			long jobs = JobListFile.write(spool, listing::nextPage);
			if (this.out != null) {
				Files.move(spool, this.out, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
			}
			else {
				Files.copy(spool, System.out);
				if (System.out.checkError()) {
					throw new IOException("closed before the end");
				}
			}
			return jobs;
		}
		finally {
			Files.deleteIfExists(spool);
		}
	}

	private Path spool() throws IOException {
		return (this.out == null) ? Files.createTempFile("job-audit-list-", ".csv")
				: this.out.resolveSibling("." + this.out.getFileName() + "." + ProcessHandle.current().pid());
	}

	/** Writes what the API lists as a CSV file that is valid input, each job once. */
	static final class JobListFile {

		/**
		 * Writes what is listed of each job; no spreadsheet runs it as a formula.
		 * @param pages gives page after page, then null
		 */
		static long write(Path file, Supplier<@Nullable List<ListedJob>> pages) throws IOException {
			return write(file, pages, CsvInput.JOB_LIST_COLUMNS,
					(job) -> List.of(inert(job.jobId()), inert(job.jobType()), inert(job.state()),
							(job.createTime() != null) ? job.createTime().toString() : ""));
		}

		/**
		 * Writes ids only: the same ids give the same file, whatever the state of their
		 * jobs.
		 * @param pages gives page after page, then null
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

}
