package io.jobaudit.cli;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

import io.jobaudit.RunId;
import io.jobaudit.batch.StopRequest;
import io.jobaudit.fetch.SmartJobFetch;
import io.jobaudit.ids.CsvInput;
import io.jobaudit.ids.IdQuery;
import io.jobaudit.ledger.ParentRun;
import io.jobaudit.ledger.RunSubset;
import io.jobaudit.ledger.RunSubsets;
import io.jobaudit.store.StoreProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where the ids of a run come from: exactly one of these. */
final class IdSource {

	@Option(names = "--ids", required = true, arity = "1..*", paramLabel = "FILE",
			description = "CSV files of job ids, plain or .gz; patterns such as 'in/*.csv.gz'; - for standard input.")
	private @Nullable List<String> files;

	@Option(names = "--ids-query", required = true, paramLabel = "FILE.sql",
			description = "SQL query for job ids: first column the id, the others labels; runs on audit.ids.datasource.")
	private @Nullable Path query;

	@ArgGroup(exclusive = false)
	private @Nullable Part part;

	@ArgGroup(exclusive = false)
	private @Nullable Discovery discovery;

	/** A part of an earlier run. */
	static final class Part {

		@Option(names = "--only", required = true, paramLabel = "PART",
				description = "Ids of an earlier run with this outcome: ${COMPLETION-CANDIDATES}. Failed jobs are fetched again.")
		private RunSubset which = RunSubset.UNREADABLE;

		@Option(names = "--of", required = true, paramLabel = "N", description = "Number of the earlier run.")
		private long run;

	}

	/** Ids of files. */
	static IdSource ofFile(Path file) {
		IdSource source = new IdSource();
		source.files = List.of(file.toString());
		return source;
	}

	/**
	 * Opens what needs no Spring: a bad file is reported at once.
	 * @param idColumn column that holds the ids, null to find it
	 */
	Ids open(@Nullable String idColumn) {
		if (this.files != null) {
			CsvInput input = CsvInput.open(this.files, idColumn, System.in);
			return (context, stop) -> input;
		}
		if (this.query != null) {
			Path file = this.query;
			return (context, stop) -> context.getBean(IdQuery.class).ask(file);
		}
		if (this.discovery != null) {
			Discovery discovered = this.discovery;
			return (context, stop) -> discovered.input(context.getBean(SmartJobFetch.class), stop);
		}
		Part wanted = Objects.requireNonNull(this.part, "picocli requires one");
		RunId earlier = RunNumber.toRunId(wanted.run);
		return (context, stop) -> context.getBean(RunSubsets.class)
			.ids(context.getBean(StoreProperties.class).account(), earlier, wanted.which);
	}

	/** The earlier run, null for none. */
	@Nullable ParentRun lineage() {
		return (this.part != null) ? new ParentRun(RunNumber.toRunId(this.part.run), this.part.which) : null;
	}

	/** Ids that can be read once Spring has started. */
	@FunctionalInterface
	interface Ids {

		CsvInput read(ApplicationContext context, StopRequest stop) throws SQLException;

	}

}
