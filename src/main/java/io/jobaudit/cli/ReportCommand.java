package io.jobaudit.cli;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.jobaudit.Account;
import io.jobaudit.ExitStatus;
import io.jobaudit.billing.PriceLoader;
import io.jobaudit.ids.BadInputException;
import io.jobaudit.notify.MailPreview;
import io.jobaudit.report.ReportWriter;
import io.jobaudit.report.WrittenReports;
import io.jobaudit.report.csv.FocusProperties;
import io.jobaudit.report.subject.ReportPeriod;
import io.jobaudit.report.subject.ReportProperties;
import io.jobaudit.report.subject.ReportWatch;
import io.jobaudit.store.StoreProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes reports from stored rows. */
@Command(name = "report", description = "Writes the reports of a run or a period from the database; makes no API call.")
final class ReportCommand extends AuditCommand {

	@ArgGroup(multiplicity = "1")
	private Subject subject = new Subject();

	@Mixin
	private Reports reports = new Reports();

	@Option(names = "--format", paramLabel = "pdf",
			description = "Also prints the page to summary.pdf, with a browser of this machine.")
	private @Nullable Format format;

	@Option(names = "--mail", paramLabel = "FILE",
			description = "Also writes the mail about the run to FILE (HTML); sends nothing. Only with --run.")
	private @Nullable Path mail;

	@Option(names = "--accounts", paramLabel = "NAME[=UID],...", arity = "0..1", fallbackValue = "",
			description = "Instead, writes one workbook and one focus.csv about these accounts of the database, or"
					+ " about all: accounts-month-YYYY-MM/. UID is the BillingAccountId in focus.csv.")
	private @Nullable String accounts;

	@Mixin
	private JsonOption json = new JsonOption();

	/** Formats besides those that are always written. */
	enum Format {

		PDF

	}

	static final class Subject {

		@Option(names = "--run", required = true, paramLabel = "N", description = "Number of the run.")
		private @Nullable Long run;

		@Option(names = "--month", required = true, paramLabel = "YYYY-MM",
				description = "Jobs created in this month of audit.report.zone.")
		private @Nullable YearMonth month;

		@ArgGroup(exclusive = false)
		private @Nullable Days days;

	}

	static final class Days {

		@Option(names = "--from", required = true, paramLabel = "YYYY-MM-DD",
				description = "First day: jobs created on this day or later.")
		private LocalDate from = LocalDate.EPOCH;

		@Option(names = "--to", required = true, paramLabel = "YYYY-MM-DD",
				description = "Last day: jobs created on this day or earlier.")
		private LocalDate to = LocalDate.EPOCH;

	}

	@Override
	public Integer call() throws Exception {
		ReportPeriod period = period();
		if (period != null && this.mail != null) {
			throw misuse("--mail needs --run: a mail is about a run", null);
		}
		if (this.accounts != null && (period == null || this.format != null)) {
			throw misuse("--accounts needs --month, or --from and --to, and writes no page that --format could print",
					null);
		}
		PdfPrinter printer = (this.format == Format.PDF) ? PdfPrinter.ofMachine() : null;
		return run(this.reports.with(settings()), (context, stop) -> {
			WrittenReports written = write(context, period, () -> stop.reason() != null);
			if (printer != null) {
				printer.print(written.directory().resolve("summary.html"), written.directory().resolve("summary.pdf"));
			}
			if (this.mail != null) {
				MailPreview.of(written.directory(), context).writeTo(this.mail);
			}
			program().print(
					this.json.choose(JsonOption.figures(written), ClosingText.reports(written.directory().toString())),
					ExitStatus.COMPLETE);
			return ExitStatus.COMPLETE;
		});
	}

	private WrittenReports write(ConfigurableApplicationContext context, @Nullable ReportPeriod period,
			ReportWatch watch) {
		ReportWriter writer = context.getBean(ReportWriter.class);
		Account account = context.getBean(StoreProperties.class).account();
		writer.requireUsableQueries();
		if (period != null && this.accounts != null) {
			requireBegun(period, context.getBean(ReportProperties.class).zone());
			return writer.write(period, accounts(writer.accounts(), account, context.getBean(FocusProperties.class)),
					watch);
		}
		context.getBean(PriceLoader.class).load(account, context.getBean(ReportProperties.class).zone());
		if (period != null) {
			requireBegun(period, context.getBean(ReportProperties.class).zone());
			return writer.write(period, account, watch);
		}
		long run = Objects.requireNonNull(this.subject.run, "picocli requires one");
		return writer.write(toRunId(run), watch);
	}

	/**
	 * The accounts that are named, or all accounts. The uid in the settings belongs to
	 * the account in the settings.
	 */
	private Map<Account, FocusProperties> accounts(List<Account> known, Account own, FocusProperties focus) {
		Map<Account, FocusProperties> chosen = new LinkedHashMap<>();
		if (this.accounts == null || this.accounts.isBlank()) {
			known.forEach((account) -> chosen.put(account, focus.of(account, own)));
			return chosen;
		}
		for (String text : this.accounts.split(",")) {
			String[] parts = text.strip().split("=", 2);
			Account account = new Account(parts[0]);
			if (!known.contains(account)) {
				throw new BadInputException(
						"--accounts names %s, but the database has no run of that account; it has runs of: %s"
							.formatted(account, known.stream().map(Account::name).collect(Collectors.joining(", "))));
			}
			if (parts.length > 1 && !parts[1].matches("[0-9]{5,20}")) {
				throw misuse("--accounts takes the uid of an account such as %s=1234567890123456, but got %s"
					.formatted(account, parts[1]), null);
			}
			chosen.put(account, (parts.length > 1) ? focus.ofAccount(parts[1]) : focus.of(account, own));
		}
		return chosen;
	}

	private static void requireBegun(ReportPeriod period, ZoneId zone) {
		LocalDate today = LocalDate.now(zone);
		if (period.firstDay().isAfter(today)) {
			throw new BadInputException("the period begins on %s, but today is %s (%s): there is nothing to report yet"
				.formatted(period.firstDay(), today, zone));
		}
	}

	private @Nullable ReportPeriod period() {
		try {
			if (this.subject.month != null) {
				return ReportPeriod.of(this.subject.month);
			}
			Days days = this.subject.days;
			return (days != null) ? ReportPeriod.of(days.from, days.to) : null;
		}
		catch (DateTimeException | IllegalArgumentException ex) {
			throw misuse(String.valueOf(ex.getMessage()), ex);
		}
	}

}
