package io.jobaudit.preview;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.jobaudit.Outcome;
import io.jobaudit.SmartJobId;
import io.jobaudit.batch.Normalization;
import io.jobaudit.batch.Normalization.DecidedItem;
import io.jobaudit.fetch.AccountClient;
import io.jobaudit.fetch.FetchAheadReader;
import io.jobaudit.fetch.FetchedJob.NotFetched;
import io.jobaudit.fetch.PendingItem;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.ids.CsvIdReader;
import io.jobaudit.ids.CsvInput;
import io.jobaudit.ids.ImportCheck;
import io.jobaudit.ids.InputLine;
import io.jobaudit.ids.InputLine.MalformedLine;
import io.jobaudit.ids.InputLine.RejectedLine;
import io.jobaudit.ids.InputLine.RequestedId;
import io.jobaudit.normalize.SmartJob;
import io.jobaudit.normalize.SmartJobNormalizer;
import io.jobaudit.store.SmartJobStores;
import io.jobaudit.store.StoreProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.support.ListItemReader;
import org.springframework.stereotype.Component;

/** Reads an input as a run would, and writes nothing. Keeps all ids in memory. */
@Component
public record Preview(SmartJobStores stores, StoreProperties store, ApiProperties api) {

	/**
	 * Reads the whole input.
	 * @param shown number of ids to show, at most
	 * @throws io.jobaudit.ids.BadInputException when it cannot be read
	 */
	public PreviewCounts read(CsvInput input, int shown, boolean refetch) {
		Set<SmartJobId> distinct = new HashSet<>();
		List<RequestedId> first = new ArrayList<>();
		List<RejectedLine> rejected = new ArrayList<>();
		List<SmartJobId> page = new ArrayList<>();
		long lines = 0;
		long malformed = 0;
		long stored = 0;
		CsvIdReader reader = new CsvIdReader(input, () -> 0);
		reader.open(new ExecutionContext());
		for (List<InputLine> block = reader.read(); block != null; block = reader.read()) {
			lines += block.size();
			for (InputLine line : block) {
				if (line instanceof RequestedId id && distinct.add(id.id())) {
					keep(first, id, shown);
					page.add(id.id());
				}
				else {
					malformed += (line instanceof MalformedLine) ? 1 : 0;
					keep(rejected, RejectedLine.of(input, line), 5);
				}
			}
			stored += this.stores.countFinal(this.store.account(), page);
			page.clear();
		}
		reader.close();
		Optional<String> warning = ImportCheck.check(input, lines, malformed,
				rejected.isEmpty() ? null : rejected.get(0));
		return new PreviewCounts(lines, distinct.size(), malformed, refetch ? 0 : stored, this.api.rate(), first,
				rejected, warning);
	}

	/**
	 * Fetches ids, and stores nothing.
	 * @return their outcomes, in the order of the answers
	 */
	public List<PreviewedJob> ask(AccountClient client, List<RequestedId> ids) throws Exception {
		List<PendingItem> items = ids.stream()
			.map((id) -> new PendingItem(id.lineNo(), id.id(), "{}", false, false))
			.toList();
		List<PreviewedJob> jobs = new ArrayList<>();
		Normalization normalization = new Normalization(new SmartJobNormalizer(false));
		FetchAheadReader<DecidedItem> reader = client.reader(new ListItemReader<>(items), ids.size(),
				this.stores.newest(this.store.account()), normalization, new ConcurrentHashMap<>());
		try {
			reader.open(new ExecutionContext());
			for (DecidedItem item = reader.read(); item != null; item = reader.read()) {
				jobs.add(PreviewedJob.of(item));
			}
		}
		finally {
			reader.close();
		}
		RuntimeException failure = reader.failure();
		if (failure != null) {
			throw failure;
		}
		return jobs;
	}

	private static <T> void keep(List<T> kept, T one, int most) {
		if (kept.size() < most) {
			kept.add(one);
		}
	}

	/**
	 * What a run would do with an input.
	 *
	 * @param rate calls per second, 0 for no limit
	 */
	public record PreviewCounts(long lines, long distinctIds, long malformed, long storedFinal, double rate,
			List<RequestedId> first, List<RejectedLine> rejected, Optional<String> warning) {

		public PreviewCounts {
			first = List.copyOf(first);
			rejected = List.copyOf(rejected);
		}

		public long duplicates() {
			return this.lines - this.distinctIds - this.malformed;
		}

		/** Calls, if each is answered the first time. */
		public long calls() {
			return this.distinctIds - this.storedFinal;
		}

		/** How long they take at the configured rate, null without one. */
		public @Nullable Duration duration() {
			return (this.rate == 0) ? null : Duration.ofSeconds((long) Math.ceil(calls() / this.rate));
		}

	}

	/**
	 * The API's answer for an id.
	 *
	 * @param job the row that a run would store, null for none
	 * @param error code and message of an error, else empty
	 */
	public record PreviewedJob(SmartJobId id, Outcome outcome, @Nullable SmartJob job, String error) {

		static PreviewedJob of(DecidedItem item) {
			String error = (item.fetched() instanceof NotFetched missing)
					? missing.error().code() + ": " + missing.error().message() : "";
			return new PreviewedJob(item.fetched().item().id(), item.fetched().outcome(),
					(item.row() != null) ? item.row().job() : null, error);
		}

	}

}
