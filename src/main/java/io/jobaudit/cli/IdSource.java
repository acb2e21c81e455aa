package io.jobaudit.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

import io.jobaudit.RunId;
import io.jobaudit.batch.StopRequest;
import io.jobaudit.cli.DiscoverCommand.JobListFile;
import io.jobaudit.fetch.AccountClient;
import io.jobaudit.fetch.JobListing;
import io.jobaudit.fetch.api.ListRequest.ListFilter;
import io.jobaudit.fetch.api.ListedJob;
import io.jobaudit.ids.CsvHints;
import io.jobaudit.ids.CsvInput;
import io.jobaudit.ids.IdQuery;
import io.jobaudit.ledger.ParentRun;
import io.jobaudit.ledger.RunSubsets;
import io.jobaudit.ledger.RunSubsets.RunSubset;
import io.jobaudit.report.subject.ReportProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where the ids of a run come from: exactly one of these. */
final class IdSource {

	@Option(names = "--ids", required = true, arity = "1..*", paramLabel = "FILE",
			description = "CSV files of job ids, plain or as .gz, .bz2 or .zst; patterns such as 'in/*.csv.gz'; pipes; - for standard input.")
	private @Nullable List<String> files;

	@Option(names = "--ids-query", required = true, paramLabel = "FILE.sql",
			description = "SQL query for job ids: first column the id, the others labels; runs on audit.ids.datasource.")
	private @Nullable Path query;

	@ArgGroup(exclusive = false, multiplicity = "1")
	private @Nullable Part part;

	@ArgGroup(exclusive = false, multiplicity = "1")
	private @Nullable Discovery discovery;

	static final class Part {

		@Option(names = "--only", required = true, paramLabel = "PART",
				description = "Ids of an earlier run with this outcome: ${COMPLETION-CANDIDATES}. Failed jobs are fetched again.")
		private RunSubset which = RunSubset.UNREADABLE;

		@Option(names = "--of", required = true, paramLabel = "N", description = "Number of the earlier run.")
		private long run;

	}

	static IdSource ofFile(Path file) {
		return ofFiles(List.of(file.toString()));
	}

	static IdSource ofFiles(List<String> files) {
		IdSource source = new IdSource();
		source.files = files;
		return source;
	}

	static IdSource ofQuery(Path query) {
		IdSource source = new IdSource();
		source.query = query;
		return source;
	}

	/**
	 * The jobs that the API lists.
	 * @param type only of this type, null for all
	 * @param state only in this state, null for all
	 * @param from only created on this day or later, in the zone of the reports; null for
	 * all
	 */
	static IdSource ofListing(@Nullable String type, @Nullable String state, @Nullable LocalDate from) {
		IdSource source = new IdSource();
		source.discovery = new Discovery();
		source.discovery.type = type;
		source.discovery.state = state;
		source.discovery.from = from;
		return source;
	}

	/** Opens what needs no Spring: a bad file is reported at once. */
	Ids open(CsvHints hints) {
		if (this.files != null) {
			CsvInput input = CsvInput.open(this.files, hints, System.in);
			return (context, client, stop) -> input;
		}
		if (this.query != null) {
			Path file = this.query;
			return (context, client, stop) -> context.getBean(IdQuery.class).ask(file);
		}
		if (this.discovery != null) {
			Discovery discovered = this.discovery;
			return (context, client, stop) -> discovered.input(client, stop,
					context.getBean(ReportProperties.class).zone());
		}
		Part wanted = Objects.requireNonNull(this.part, "picocli requires one");
		RunId earlier = AuditCommand.toRunId(wanted.run);
		return (context, client, stop) -> context.getBean(RunSubsets.class)
			.ids(client.account(), earlier, wanted.which);
	}

	@Nullable ParentRun lineage() {
		return (this.part != null) ? new ParentRun(AuditCommand.toRunId(this.part.run), this.part.which) : null;
	}

	/** Ids that can be read once Spring has started. */
	@FunctionalInterface
	interface Ids {

		CsvInput read(ApplicationContext context, AccountClient client, StopRequest stop) throws SQLException;

	}

	static final class Discovery {

		@Option(names = "--discover", required = true,
				description = "Audit the jobs that the API lists (ListSmartJobs).")
		private boolean discover;

		@Option(names = "--discover-type", paramLabel = "TYPE", description = "Only jobs of this type.")
		private @Nullable String type;

		@Option(names = "--discover-state", paramLabel = "STATE", description = "Only jobs listed in this state.")
		private @Nullable String state;

		private @Nullable LocalDate from;

		/**
		 * Lists the jobs and keeps their ids in a temporary file.
		 * @throws io.jobaudit.fetch.JobListing.ListingStoppedException when it is stopped
		 * half-way
		 */
		CsvInput input(AccountClient client, StopRequest stop, ZoneId zone) {
			ListFilter filter = new ListFilter(this.type, this.state);
			client.requireCredentials();
			JobListing listing = client.listing(filter);
			stop.onStop(listing::stop);
			try {
				Path file = CsvInput.temporaryFile();
				if (this.from == null) {
					JobListFile.writeIds(file, listing::nextPage);
					return CsvInput.spooled(filter.toString(), file, null);
				}
				Instant since = this.from.atStartOfDay(zone).toInstant();
				JobListFile.writeIds(file, () -> {
					List<ListedJob> page = listing.nextPage();
					return (page != null) ? page.stream().filter((job) -> isCreated(job, since)).toList() : null;
				});
				return CsvInput.spooled(filter + " from=" + this.from, file, null);
			}
			catch (IOException ex) {
				throw new UncheckedIOException("cannot write the listed ids to a temporary file: " + ex.getMessage(),
						ex);
			}
		}

		/** The API cannot filter by time; what is unknown may be new. */
		private static boolean isCreated(ListedJob job, Instant since) {
			return job.createTime() == null || !job.createTime().isBefore(since);
		}

	}

}
