package io.jobaudit.report;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import io.jobaudit.Account;
import io.jobaudit.Money;
import io.jobaudit.ReportTexts;
import io.jobaudit.report.csv.FocusProperties;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.subject.ReportPeriod;
import io.jobaudit.report.subject.ReportScope;
import io.jobaudit.report.subject.ReportSubject;
import io.jobaudit.report.subject.ReportSubject.Fact;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Several accounts of a period in one workbook and one set of FOCUS files.
 *
 * @param accounts the accounts in order, each with the properties of its charges
 */
record AccountsReport(Map<Account, FocusProperties> accounts, ReportPeriod period) {

	/** The accounts that have runs, by name. */
	static List<Account> known(DataSource database) {
		return JdbcClient.create(database)
			.sql("select account from audit.audit_run group by account order by account collate \"C\"")
			.query((row, number) -> new Account(row.getString("account")))
			.list();
	}

	/** The definition without accounts, for checking its queries only. */
	static WorkbookDefinition withoutAccounts(WorkbookDefinition definition) {
		return with(definition, "[]");
	}

	WorkbookDefinition of(WorkbookDefinition definition) {
		return with(definition, names());
	}

	/** As JSON. */
	String names() {
		return JsonMapper.shared().writeValueAsString(this.accounts.keySet().stream().map(Account::name).toList());
	}

	private static WorkbookDefinition with(WorkbookDefinition definition, String names) {
		return definition.with("accounts", names).with("digits", JsonMapper.shared().writeValueAsString(digits()));
	}

	/** Decimal places of the currencies that do not have two. */
	private static Map<String, Integer> digits() {
		Map<String, Integer> digits = new TreeMap<>();
		Currency.getAvailableCurrencies().forEach((currency) -> {
			int shown = Money.rounded(BigDecimal.ZERO, currency.getCurrencyCode()).scale();
			if (shown != 2) {
				digits.put(currency.getCurrencyCode(), shown);
			}
		});
		return digits;
	}

	String directoryName() {
		return "accounts-" + this.period.directoryName();
	}

	ReportSubject subject(ReportScope scope, ReportTexts texts) {
		ZoneId zone = scope.zone();
		String names = this.accounts.keySet().stream().map(Account::name).collect(Collectors.joining(", "));
		return new ReportSubject(texts.text("accounts.name", this.period, this.accounts.size()), directoryName(),
				List.of(texts.text("accounts.subtitle", this.period.firstDay(), this.period.lastDay(),
						this.accounts.size()), texts.text("accounts.subtitle-times", zone.getId())),
				List.of(new Fact(texts.text("fact.first-day"), this.period.firstDay().toString()),
						new Fact(texts.text("fact.last-day"), this.period.lastDay().toString()),
						new Fact(texts.text("fact.accounts"), names), new Fact(texts.text("fact.zone"), zone.getId())),
				this.period.to(zone), scope, texts);
	}

}
