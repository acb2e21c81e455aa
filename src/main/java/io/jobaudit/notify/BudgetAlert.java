package io.jobaudit.notify;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

import io.jobaudit.ReportTexts;
import tools.jackson.databind.JsonNode;

/**
 * A budget that is used to 80 % or more, as {@code run-summary.json} says it.
 *
 * @param percent how much of it is booked, rounded down
 * @param before the same, without what the run was the first to see
 */
record BudgetAlert(String costCentre, String currency, String month, int percent, int before) {

	private static final List<Integer> LIMITS = List.of(80, 100);

	static List<BudgetAlert> of(JsonNode summary) {
		return summary.path("budgets").valueStream().map(BudgetAlert::ofBudget).toList();
	}

	/** Whether the run has passed a limit: reported as a change only once. */
	boolean isNew() {
		return LIMITS.stream().anyMatch((limit) -> this.before < limit && this.percent >= limit);
	}

	String line(ReportTexts texts) {
		String centre = this.costCentre.equals("*") ? texts.text("mail.all-cost-centres")
				: texts.nothing(this.costCentre);
		return texts.text("mail.budget", centre, this.currency, this.month, this.percent);
	}

	private static BudgetAlert ofBudget(JsonNode budget) {
		BigDecimal whole = decimal(budget, "budget");
		return new BudgetAlert(budget.get("costCentre").stringValue(), budget.get("currency").stringValue(),
				budget.get("month").stringValue(), percent(decimal(budget, "booked"), whole),
				percent(decimal(budget, "before"), whole));
	}

	private static BigDecimal decimal(JsonNode budget, String name) {
		return new BigDecimal(budget.get(name).stringValue());
	}

	private static int percent(BigDecimal part, BigDecimal whole) {
		return part.movePointRight(2).divide(whole, 0, RoundingMode.FLOOR).intValue();
	}

}
