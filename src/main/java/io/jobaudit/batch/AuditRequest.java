package io.jobaudit.batch;

import io.jobaudit.ids.CsvInput;
import io.jobaudit.ledger.ParentRun;
import org.jspecify.annotations.Nullable;

/**
 * What an operator asks for.
 *
 * @param input the ids
 * @param lineage the earlier run whose ids they are, null when there is none
 * @param refetch whether jobs stored in a final state are asked again
 * @param fresh whether to begin anew although the same input has an unfinished run
 * @param stop how the run is stopped politely
 */
public record AuditRequest(CsvInput input, @Nullable ParentRun lineage, boolean refetch, boolean fresh,
		StopRequest stop) {
}
