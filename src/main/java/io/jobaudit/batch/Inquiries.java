package io.jobaudit.batch;

import java.util.Iterator;
import java.util.List;

import io.jobaudit.fetch.PendingItem;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** A few items that stand in no ledger. */
public final class Inquiries implements ItemStreamReader<PendingItem> {

	private final Iterator<PendingItem> items;

	public Inquiries(List<PendingItem> items) {
		this.items = items.iterator();
	}

	@Override
	public @Nullable PendingItem read() {
		return this.items.hasNext() ? this.items.next() : null;
	}

}
