package io.jobaudit.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.jobaudit.Account;
import io.jobaudit.RunId;
import io.jobaudit.csv.CsvPrinters;
import io.jobaudit.ids.BadInputException;
import io.jobaudit.ids.CsvInput;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Parts of earlier runs as input of new ones, with their labels. */
public record RunSubsets(JdbcClient jdbc) {

	private static final JsonMapper JSON = JsonMapper.shared();

	/** No label can have this name. */
	private static final String ID_COLUMN = "job_id (of the run)";

	private static final int PAGE = 5_000;

	/**
	 * Writes the ids of a part into a file.
	 * @param account name of the cloud account
	 * @param runId the earlier run
	 * @throws BadInputException when the run does not exist or its part is empty
	 */
	public CsvInput ids(Account account, RunId runId, RunSubset part) {
		requireRun(account, runId);
		try {
			Path file = CsvInput.temporaryFile();
			if (write(account, runId, part, file) == 0) {
				throw new BadInputException("run %s has no ids that are %s".formatted(runId, part));
			}
			return CsvInput.spooled("%s of run %s".formatted(part, runId), file, ID_COLUMN);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot write the ids of run " + runId + " to a temporary file", ex);
		}
	}

	private void requireRun(Account account, RunId runId) {
		Boolean purged = this.jdbc
			.sql("select purged_at is not null from audit.audit_run where account = :account and run_id = :run")
			.param("account", account.name())
			.param("run", runId.value())
			.query(Boolean.class)
			.optional()
			.orElseThrow(() -> Runs.unknown(account, runId));
		if (purged) {
			throw new BadInputException("the ids of run %s were purged".formatted(runId));
		}
	}

	private long write(Account account, RunId runId, RunSubset part, Path file) throws IOException {
		List<String> labels = labels(runId);
		long rows = 0;
		try (CSVPrinter csv = CsvPrinters.to(file)) {
			csv.print(ID_COLUMN);
			csv.printRecord(labels);
			List<SubsetRow> page = page(account, runId, part, 0);
			while (!page.isEmpty()) {
				for (SubsetRow row : page) {
					csv.print(row.jobId());
					csv.printRecord(row.values(labels));
				}
				rows += page.size();
				page = page(account, runId, part, page.get(page.size() - 1).itemNo());
			}
		}
		return rows;
	}

	private List<String> labels(RunId runId) {
		return this.jdbc.sql("""
				select distinct key from audit.v_item i, jsonb_object_keys(i.labels) as key
				where i.run_id = :run order by key
				""").param("run", runId.value()).query((row, number) -> row.getString(1)).list();
	}

	private List<SubsetRow> page(Account account, RunId runId, RunSubset part, long after) {
		return this.jdbc.sql("""
				select i.item_no, i.job_id, i.labels::text as labels
				from audit.v_item i
				left join audit.smart_job j on j.account = :account and j.job_id = i.job_id
				  and i.outcome in ('FETCHED', 'UNCHANGED', 'EXPIRED')
				where i.run_id = :run and i.item_no > :after
				and case :part
				  when 'FAILED' then j.state = 'Failed'
				  when 'NOT_FINAL' then j.job_id is not null and coalesce(j.state not in ('Finished', 'Failed'), true)
				  else i.outcome = :part end
				order by i.item_no limit :page
				""")
			.param("account", account.name())
			.param("run", runId.value())
			.param("part", part.name())
			.param("after", after)
			.param("page", PAGE)
			.query((row, number) -> new SubsetRow(row.getLong("item_no"), row.getString("job_id"),
					JSON.readTree(row.getString("labels"))))
			.list();
	}

	private record SubsetRow(long itemNo, String jobId, JsonNode labels) {

		List<@Nullable String> values(List<String> names) {
			List<@Nullable String> values = new ArrayList<>();
			names.forEach((name) -> values.add(this.labels.path(name).stringValue(null)));
			return values;
		}

	}

	/** A part of a run's ids, as an operator names it. */
	public enum RunSubset {

		/** Ids without a usable answer. */
		UNREADABLE,

		/** Ids of jobs that have failed. */
		FAILED,

		/** Ids of jobs that were not final when they were stored last. */
		NOT_FINAL,

		/** Ids that the API does not know. */
		NOT_FOUND,

		/** Ids that the API refuses to answer for. */
		REFUSED,

		/** Ids that the API has forgotten. */
		EXPIRED;

		/** Whether its jobs are asked again although they are final. */
		public boolean isRefetched() {
			return this == FAILED;
		}

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
