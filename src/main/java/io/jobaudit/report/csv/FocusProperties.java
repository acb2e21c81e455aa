package io.jobaudit.report.csv;

import java.util.Currency;

import io.jobaudit.Account;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * How charges are written for FinOps tools.
 *
 * @param focusVersion version of FOCUS whose columns they have: 1.2, 1.3 or 1.4
 * @param billingCurrency ISO 4217 code of the currency of the account's invoices
 * @param billingAccountId uid of the account, which its invoices name; the account's name
 * in job-audit when not set
 */
@ConfigurationProperties("audit.report")
public record FocusProperties(String focusVersion, String billingCurrency, @Nullable String billingAccountId) {

	public FocusProperties(@DefaultValue("1.2") String focusVersion, @DefaultValue("CNY") String billingCurrency,
			@Nullable String billingAccountId) {
		FocusVersion.of(focusVersion);
		Assert.isTrue(isCurrency(billingCurrency),
				() -> "audit.report.billing-currency takes an ISO 4217 code such as CNY, but got " + billingCurrency);
		Assert.isTrue(billingAccountId == null || billingAccountId.matches("[0-9]{5,20}"),
				() -> "audit.report.billing-account-id takes the uid of the cloud account such as 1234567890123456, but got "
						+ billingAccountId);
		this.focusVersion = focusVersion;
		this.billingCurrency = billingCurrency;
		this.billingAccountId = billingAccountId;
	}

	/** The defaults. */
	public static FocusProperties standard() {
		return new FocusProperties("1.2", "CNY", null);
	}

	/** The same for another account. */
	public FocusProperties ofAccount(@Nullable String uid) {
		return new FocusProperties(this.focusVersion, this.billingCurrency, uid);
	}

	/** The same for an account; the uid in the settings is that of one of them. */
	public FocusProperties of(Account account, Account own) {
		return account.equals(own) ? this : ofAccount(null);
	}

	FocusVersion version() {
		return FocusVersion.of(this.focusVersion);
	}

	private static boolean isCurrency(String code) {
		return Currency.getAvailableCurrencies().stream().anyMatch((known) -> known.getCurrencyCode().equals(code));
	}

}
