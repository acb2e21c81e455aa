package io.jobaudit.batch;

import java.util.Iterator;
import java.util.List;

import io.jobaudit.fetch.Inquiry;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** A few inquiries that stand in no ledger. */
public final class Inquiries implements ItemStreamReader<Inquiry> {

	private final Iterator<Inquiry> inquiries;

	public Inquiries(List<Inquiry> inquiries) {
		this.inquiries = inquiries.iterator();
	}

	@Override
	public @Nullable Inquiry read() {
		return this.inquiries.hasNext() ? this.inquiries.next() : null;
	}

}
