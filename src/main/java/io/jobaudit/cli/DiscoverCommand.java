package io.jobaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import io.jobaudit.ExitStatus;
import io.jobaudit.fetch.JobListing;
import io.jobaudit.fetch.ListingStoppedException;
import io.jobaudit.fetch.SmartJobFetch;
import io.jobaudit.fetch.api.ListFilter;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The account's own list of jobs; needs no database. */
@Command(name = "discover", description = "Lists the account's jobs (ListSmartJobs) as CSV that run --ids takes.")
final class DiscoverCommand implements Callable<Integer> {

	@Option(names = "--type", paramLabel = "TYPE", description = "Only jobs of this type, such as ASR.")
	private @Nullable String type;

	@Option(names = "--state", paramLabel = "STATE", description = "Only jobs in this state, such as Failed.")
	private @Nullable String state;

	@Option(names = "--out", paramLabel = "FILE", description = "Where the list goes; default: standard output.")
	private @Nullable Path out;

	private final List<String> settings;

	DiscoverCommand(List<String> settings) {
		this.settings = settings;
	}

	@Override
	public Integer call() {
		try (StopSignals stop = StopSignals.listen(null);
				ConfigurableApplicationContext context = Application.startLazily(this.settings)) {
			SmartJobFetch fetch = context.getBean(SmartJobFetch.class);
			fetch.requireCredentials();
			JobListing listing = fetch.listing(new ListFilter(this.type, this.state));
			stop.request().onStop(listing::stop);
			try {
				long jobs = write(listing);
				System.err.printf(Locale.ROOT, "%s: %,d jobs in %,d calls%n", listing, jobs, fetch.usage().calls());
				return ExitStatus.COMPLETE.code();
			}
			catch (ListingStoppedException ex) {
				Failures.say(String.valueOf(ex.getMessage()));
				return stop.request().status().code();
			}
			catch (IOException ex) {
				Failures.say(String.format(Locale.ROOT, "cannot write the list to %s: %s %s (exit %d)%n",
						(this.out != null) ? this.out.toAbsolutePath() : "standard output",
						ex.getClass().getSimpleName(), ex.getMessage(), ExitStatus.OUTPUT.code()));
				return ExitStatus.OUTPUT.code();
			}
		}
	}

	/** Whole or not at all, wherever it goes. */
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
					throw new IOException("it was closed before the end");
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

}
