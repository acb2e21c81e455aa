package io.jobaudit.notify;

import java.util.List;

import io.jobaudit.notify.NotifyProperties.Occasion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class BudgetAlertTest {

	@ParameterizedTest
	@CsvSource({ "79.99, 80, 80, 79, true", "80, 99.99, 99, 80, false", "99.9, 100, 100, 99, true",
			"10, 250, 250, 10, true", "100, 120.5, 120, 100, false", "0, 85, 85, 0, true" })
	void passingALimitIsNewsOnce(String before, String booked, int percent, int percentBefore, boolean isNew) {
		BudgetAlert alert = alert("CC-7", before, booked);

		assertThat(alert).isEqualTo(new BudgetAlert("CC-7", "CNY", "2026-11", percent, percentBefore));
		assertThat(alert.isNew()).isEqualTo(isNew);
		assertThat(notification(alert).isWanted(Occasion.CHANGE)).isEqualTo(isNew);
	}

	@Test
	void aMessageNamesEachBudget() {
		assertThat(RunNotifications
			.inEnglish(RunNotifications.of(0, findings(alert("CC-7", "0", "85"), alert("*", "0", "101")), null))
			.lines()).contains("budget of CC-7, CNY, 2026-11: 85 % used",
					"budget of all cost centres, CNY, 2026-11: 101 % used");
	}

	@Test
	void aSummaryOfAnEarlierReleaseHasNone() {
		assertThat(BudgetAlert.of(JsonMapper.shared().readTree("{}"))).isEmpty();
	}

	private static BudgetAlert alert(String centre, String before, String booked) {
		return BudgetAlert
			.of(JsonMapper.shared()
				.readTree(
						"""
								{"budgets": [{"month": "2026-11", "costCentre": "%s", "currency": "CNY", "budget": "100", "booked": "%s",
								  "before": "%s"}]}"""
							.formatted(centre, booked, before)))
			.get(0);
	}

	private static Findings findings(BudgetAlert... alerts) {
		Findings without = RunNotifications.findings(List.of(), null);
		return new Findings(without.answers(), without.cost(), without.errorCodes(), List.of(), List.of(), 0,
				List.of(alerts), null);
	}

	private static RunNotification notification(BudgetAlert alert) {
		return RunNotifications.of(0, findings(alert), null);
	}

}
