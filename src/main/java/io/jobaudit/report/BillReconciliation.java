package io.jobaudit.report;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.subject.ReportPeriod;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportQuery;
import io.jobaudit.report.subject.ReportScope;
import io.jobaudit.report.subject.ReportSubject;
import io.jobaudit.report.subject.ReportSubject.Fact;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The vendor's bill of a month, compared with what the month cost by our figures.
 *
 * @param reports the workbook
 * @param lines one per job type and currency
 */
public record BillReconciliation(WrittenReports reports, List<ReconciledLine> lines) {

	public BillReconciliation {
		lines = List.copyOf(lines);
	}

	public boolean isExplained() {
		return this.lines.stream().allMatch(ReconciledLine::isExplained);
	}

	static WorkbookDefinition withBill(WorkbookDefinition definition, BillToCompare bill, String billingCurrency) {
		return definition.with("bill", JsonMapper.shared().writeValueAsString(bill.rows()))
			.with("tolerance", bill.tolerance())
			.with("billing_currency", billingCurrency);
	}

	static ReportSubject subject(ReportPeriod period, ReportScope scope, BillToCompare bill, ReportTexts texts) {
		ZoneId zone = scope.zone();
		return new ReportSubject(texts.text("reconciliation.name", period.month()), directoryName(period),
				List.of(texts.text("reconciliation.subtitle", scope.accountName(), bill.name(), bill.lines()),
						texts.text("reconciliation.subtitle-times", zone.getId())),
				List.of(new Fact(texts.text("fact.bill"), bill.name()),
						new Fact(texts.text("fact.bill-sha256"), bill.sha256()),
						new Fact(texts.text("fact.bill-lines"), String.valueOf(bill.lines())),
						new Fact(texts.text("fact.bill-other-months"), String.valueOf(bill.otherMonths())),
						new Fact(texts.text("fact.bill-other-products"), String.valueOf(bill.otherProducts())),
						new Fact(texts.text("fact.account"), scope.accountName()),
						new Fact(texts.text("fact.zone"), zone.getId())),
				period.to(zone), scope, texts);
	}

	/** Has its own directory, since the files of a closed month never change. */
	static String directoryName(ReportPeriod period) {
		return "reconciliation-" + period.month();
	}

	static BillReconciliation of(Path directory, ReportFiles files, ReportQueries queries,
			WorkbookDefinition definition) {
		ReportQuery query = definition.query(definition.tables().get(0));
		files.writeWorkbook(definition);
		List<ReconciledLine> lines = queries.list(query,
				(row, number) -> new ReconciledLine(row.getString("Job type"), row.getString("Currency"),
						row.getBigDecimal("Ours"), row.getBigDecimal("Theirs"), row.getBigDecimal("Difference"),
						row.getBigDecimal("Unexplained"), "Explained".equals(row.getString("Result"))));
		return new BillReconciliation(new WrittenReports(directory, files.written(), ""), lines);
	}

	/**
	 * A bill, as the queries get it.
	 *
	 * @param name path of its file
	 * @param sha256 SHA-256 of its bytes, in hex
	 * @param rows what it bills by job type and currency
	 * @param lines its lines of the month
	 * @param tolerance how much may be unexplained
	 */
	public record BillToCompare(String name, String sha256, List<Map<String, @Nullable Object>> rows, long lines,
			long otherMonths, long otherProducts, BigDecimal tolerance) {

		/** A bill without lines. */
		static final BillToCompare NONE = new BillToCompare("", "", List.of(), 0, 0, 0, BigDecimal.ZERO);

		public BillToCompare {
			rows = List.copyOf(rows);
		}

	}

	/**
	 * A job type in a currency.
	 *
	 * @param ours null when we have no amount
	 * @param theirs null when nothing is billed
	 */
	public record ReconciledLine(String jobType, String currency, @Nullable BigDecimal ours,
			@Nullable BigDecimal theirs, BigDecimal difference, BigDecimal unexplained, boolean isExplained) {
	}

}
