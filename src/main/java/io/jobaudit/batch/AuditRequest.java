package io.jobaudit.batch;

import io.jobaudit.ids.CsvInput;

/**
 * What an operator asks for.
 *
 * @param input the ids
 * @param refetch whether jobs stored in a final state are asked again
 * @param fresh whether to begin anew although the same input has an unfinished run
 * @param stop how the run is stopped politely
 */
public record AuditRequest(CsvInput input, boolean refetch, boolean fresh, StopRequest stop) {
}
