package io.jobaudit.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.jobaudit.ExitStatus;
import io.jobaudit.billing.Bill;
import io.jobaudit.billing.BillProperties;
import io.jobaudit.report.BillReconciliation;
import io.jobaudit.report.BillReconciliation.BillToCompare;
import io.jobaudit.report.BillReconciliation.ReconciledLine;
import io.jobaudit.report.ReportWriter;
import io.jobaudit.report.subject.ReportPeriod;
import io.jobaudit.store.StoreProperties;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Compares a month with the vendor's bill. It reads only views, so that the role
 * job_audit_reader may run it, which cannot read the version of the tables.
 */
@Command(name = "reconcile",
		description = "Compares what a month cost with the vendor's bill, and writes reconciliation.xlsx; job_audit_reader may run it.")
final class ReconcileCommand extends AuditCommand {

	@Parameters(paramLabel = "YYYY-MM", description = "The month, in audit.report.zone.")
	private YearMonth month = YearMonth.of(1970, 1);

	@Option(names = "--bill", required = true, paramLabel = "FILE",
			description = "The details of the bill that the vendor's console exports as CSV; audit.bill names its columns.")
	private Path file = Path.of("");

	@Mixin
	private Reports reports = new Reports();

	@Mixin
	private JsonOption json = new JsonOption();

	@Override
	public Integer call() throws Exception {
		List<String> settings = new ArrayList<>(this.reports.with(settings()));
		settings.add("--spring.flyway.enabled=false");
		return run(settings, (context, stop) -> {
			BillReconciliation result = context.getBean(ReportWriter.class)
				.reconcile(ReportPeriod.of(this.month), context.getBean(StoreProperties.class).account(), bill(context),
						() -> stop.reason() != null);
			ExitStatus status = result.isExplained() ? ExitStatus.COMPLETE : ExitStatus.LIMIT_PASSED;
			program().print(this.json.choose(figures(result), text(result)), status);
			return status;
		});
	}

	private BillToCompare bill(ConfigurableApplicationContext context) {
		BillProperties properties = context.getBean(BillProperties.class);
		Bill bill = Bill.read(this.file, this.month, properties);
		try {
			return new BillToCompare(this.file.toString(),
					new DigestUtils(MessageDigestAlgorithms.SHA_256).digestAsHex(this.file), bill.asRows(),
					bill.lines(), bill.otherMonths(), bill.otherProducts(), properties.tolerance());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot read " + this.file, ex);
		}
	}

	private Map<String, Object> figures(BillReconciliation result) {
		Map<String, Object> figures = new LinkedHashMap<>();
		figures.put("month", this.month.toString());
		figures.put("explained", result.isExplained());
		figures.put("lines", result.lines());
		figures.putAll(JsonOption.figures(result.reports()));
		return figures;
	}

	private String text(BillReconciliation result) {
		StringBuilder text = new StringBuilder("%s and %s%n".formatted(this.month, this.file));
		String layout = "  %-24s %-8s %16s %16s %16s%n";
		text.append(layout.formatted("job type", "currency", "ours", "theirs", "unexplained"));
		for (ReconciledLine line : result.lines()) {
			text.append(layout.formatted(line.jobType(), line.currency(), amount(line.ours(), "unknown"),
					amount(line.theirs(), "not billed"), amount(line.unexplained(), "")));
		}
		long open = result.lines().stream().filter((line) -> !line.isExplained()).count();
		text.append((open == 0) ? "  Every difference is explained.%n".formatted()
				: "  Unexplained: %d of %d lines; see the workbook.%n".formatted(open, result.lines().size()));
		return text + ClosingText.reports(result.reports().directory().toString());
	}

	private static String amount(@Nullable BigDecimal amount, String missing) {
		return (amount != null) ? String.format(Locale.ROOT, "%,.6f", amount) : missing;
	}

}
