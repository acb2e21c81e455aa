package io.jobaudit.ledger;

import io.jobaudit.fetch.ApiUsage;

/** Where calls are counted: in a run, or in a part of it. */
public interface UsageRow {

	/** The calls counted so far. */
	ApiUsage read();

	/** Writes totals, so that a write whose commit is in doubt may be repeated. */
	void write(ApiUsage total);

}
