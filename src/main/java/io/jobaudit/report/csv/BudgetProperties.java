package io.jobaudit.report.csv;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Where budgets come from.
 *
 * @param file the budget file; the default file may be missing
 */
@ConfigurationProperties("audit.budgets")
public record BudgetProperties(@DefaultValue(BudgetProperties.DEFAULT_FILE) Path file) {

	static final String DEFAULT_FILE = "config/budgets.csv";

	public BudgetProperties {
		Assert.hasText(file.toString(),
				"audit.budgets.file takes a file name, e.g. %s, but got a blank one".formatted(DEFAULT_FILE));
	}

	/** The defaults. */
	public static BudgetProperties standard() {
		return new BudgetProperties(Path.of(DEFAULT_FILE));
	}

	boolean isDefault() {
		return this.file.equals(Path.of(DEFAULT_FILE));
	}

}
