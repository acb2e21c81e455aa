package io.jobaudit.notify;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.jobaudit.notify.Findings.Cost;
import io.jobaudit.notify.Findings.UnusualFigure;
import io.jobaudit.notify.NotifyProperties.Occasion;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a notification says of unusual figures. */
class UnusualFigureTextTest {

	@Test
	void anUnusualFigureIsAChangeAndHasItsUsualRange() {
		// given a night that is like others but for two figures
		RunNotification usual = notification(List.of());
		RunNotification unusual = notification(
				List.of(new UnusualFigure("ASR", true, new BigDecimal("0.5"), BigDecimal.ZERO, new BigDecimal("0.05")),
						new UnusualFigure("TextGenerate", false, new BigDecimal("1234567"), new BigDecimal("1000"),
								new BigDecimal("20000.5"))));
		// then
		assertThat(usual.isWanted(Occasion.CHANGE)).isFalse();
		assertThat(unusual.isWanted(Occasion.CHANGE)).isTrue();
		assertThat(RunNotifications.inEnglish(unusual).lines()).contains(
				"unusual: failure rate of ASR is 50.0%, usually 0.0% to 5.0%",
				"unusual: tokens of TextGenerate are 1,234,567, usually 1,000 to 20,001");
	}

	private static RunNotification notification(List<UnusualFigure> figures) {
		return RunNotifications.of(0, new Findings(Map.of(), new Cost(null, new TreeMap<>()), Map.of(), List.of(),
				figures, 0, List.of(), null), null);
	}

}
