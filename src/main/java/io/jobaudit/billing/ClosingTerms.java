package io.jobaudit.billing;

import java.time.ZoneId;

import org.jspecify.annotations.Nullable;

/**
 * What a closing stores with a month.
 *
 * @param zone time zone of the midnights that begin and end it
 * @param groupBy where the cost centre of its jobs is read from
 * @param invoiceId the vendor's invoice; null when it is not known
 * @param version version of job-audit
 */
public record ClosingTerms(ZoneId zone, String groupBy, @Nullable String invoiceId, String version) {
}
