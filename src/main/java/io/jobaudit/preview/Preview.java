package io.jobaudit.preview;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.jobaudit.Account;
import io.jobaudit.SmartJobId;
import io.jobaudit.batch.DecidedItem;
import io.jobaudit.batch.Normalization;
import io.jobaudit.fetch.FetchAheadReader;
import io.jobaudit.fetch.PendingItem;
import io.jobaudit.fetch.SmartJobFetch;
import io.jobaudit.ids.CsvIdReader;
import io.jobaudit.ids.CsvInput;
import io.jobaudit.ids.ImportCheck;
import io.jobaudit.ids.InputLine;
import io.jobaudit.ids.InputLine.MalformedLine;
import io.jobaudit.ids.InputLine.RequestedId;
import io.jobaudit.ids.RejectedLine;
import io.jobaudit.normalize.SmartJobNormalizer;
import io.jobaudit.store.SmartJobStores;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.support.ListItemReader;

/** Reads an input as a run would, and writes nothing. Keeps all ids in memory. */
public final class Preview {

	private static final int SHOWN = 5;

	private static final int PAGE = 5_000;

	private final SmartJobFetch fetch;

	private final SmartJobStores stores;

	private final Account account;

	private final double rate;

	Preview(SmartJobFetch fetch, SmartJobStores stores, Account account, double rate) {
		this.fetch = fetch;
		this.stores = stores;
		this.account = account;
		this.rate = rate;
	}

	/**
	 * Reads the whole input.
	 * @param shown number of ids to show, at most
	 * @param refetch whether jobs stored in a final state would be fetched again
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
		for (InputLine line = reader.read(); line != null; line = reader.read()) {
			lines++;
			if (line instanceof RequestedId id && distinct.add(id.id())) {
				keep(first, id, shown);
				page.add(id.id());
			}
			else {
				malformed += (line instanceof MalformedLine) ? 1 : 0;
				keep(rejected, RejectedLine.of(input, line), SHOWN);
			}
			if (page.size() == PAGE) {
				stored += this.stores.countFinal(this.account, page);
				page.clear();
			}
		}
		reader.close();
		Optional<String> warning = ImportCheck.check(input, lines, malformed,
				rejected.isEmpty() ? null : rejected.get(0));
		stored += this.stores.countFinal(this.account, page);
		return new PreviewCounts(lines, distinct.size(), malformed, refetch ? 0 : stored, this.rate, first, rejected,
				warning);
	}

	/**
	 * Fetches ids, and stores nothing.
	 * @return their outcomes, in the order of the answers
	 */
	public List<PreviewedJob> ask(List<RequestedId> ids) throws Exception {
		List<PendingItem> items = ids.stream()
			.map((id) -> new PendingItem(id.lineNo(), id.id(), "{}", false, false))
			.toList();
		List<PreviewedJob> jobs = new ArrayList<>();
		Normalization normalization = new Normalization(new SmartJobNormalizer(false));
		FetchAheadReader<DecidedItem> reader = this.fetch.reader(new ListItemReader<>(items), ids.size(),
				this.stores.lastFetched(this.account), normalization);
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

}
