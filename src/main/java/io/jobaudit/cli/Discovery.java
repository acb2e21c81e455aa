package io.jobaudit.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import io.jobaudit.batch.StopRequest;
import io.jobaudit.fetch.JobListing;
import io.jobaudit.fetch.SmartJobFetch;
import io.jobaudit.fetch.api.ListFilter;
import io.jobaudit.ids.CsvInput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Takes the ids of a run from the API's own list. */
final class Discovery {

	@Option(names = "--discover", required = true, description = "Audit the jobs that the API lists (ListSmartJobs).")
	private boolean discover;

	@Option(names = "--discover-type", paramLabel = "TYPE", description = "Only jobs of this type.")
	private @Nullable String type;

	@Option(names = "--discover-state", paramLabel = "STATE", description = "Only jobs listed in this state.")
	private @Nullable String state;

	/**
	 * Lists the jobs and keeps their ids in a temporary file.
	 * @throws io.jobaudit.fetch.ListingStoppedException when it is stopped half-way
	 */
	CsvInput input(SmartJobFetch fetch, StopRequest stop) {
		ListFilter filter = new ListFilter(this.type, this.state);
		fetch.requireCredentials();
		JobListing listing = fetch.listing(filter);
		stop.onStop(listing::stop);
		try {
			Path file = CsvInput.temporaryFile();
			JobListFile.writeIds(file, listing::nextPage);
			return CsvInput.spooled(filter.toString(), file, null);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot write the listed ids to a temporary file: " + ex.getMessage(), ex);
		}
	}

}
