package io.jobaudit.batch;

import io.jobaudit.ids.CsvInput;
import io.jobaudit.ledger.ParentRun;
import org.jspecify.annotations.Nullable;

/**
 * What an operator asks for.
 *
 * @param input the ids
 * @param lineage the earlier run whose ids they are, null for none
 * @param refetch whether jobs stored in a final state are fetched again
 * @param fresh whether to start a new run even if one of the same input is unfinished
 * @param stop how the run is stopped gracefully
 */
public record AuditRequest(CsvInput input, @Nullable ParentRun lineage, boolean refetch, boolean fresh,
		StopRequest stop) {
}
