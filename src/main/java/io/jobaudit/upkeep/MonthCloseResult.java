package io.jobaudit.upkeep;

import io.jobaudit.billing.ClosedMonth;
import io.jobaudit.report.WrittenReports;

/**
 * A month that has been closed.
 *
 * @param month the month as it is booked
 * @param reports its archived reports
 */
public record MonthCloseResult(ClosedMonth month, WrittenReports reports) {
}
