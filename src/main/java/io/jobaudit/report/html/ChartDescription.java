package io.jobaudit.report.html;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.stream.IntStream;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.html.ChartPoints.Measure;

/** What a chart shows, in words, for readers who cannot see it. */
record ChartDescription(ChartPoints points) {

	private static final BigDecimal MOST_OF_IT = new BigDecimal("0.8");

	String text() {
		List<String> names = this.points.names();
		StringJoiner gist = new StringJoiner(" ");
		gist.add(range(names.size(), this.points.chart().categories(), HtmlText.brief(names.get(0)),
				HtmlText.brief(names.get(names.size() - 1))));
		this.points.measures().forEach((measure) -> gist.add(extremes(measure)));
		Measure cumulative = this.points.cumulative();
		if (cumulative != null) {
			gist.add(reach(cumulative));
		}
		return gist.toString();
	}

	private String range(Object... values) {
		return switch (this.points.chart().type()) {
			case COLUMN -> ReportTexts.text("chart.columns", values);
			case BAR -> ReportTexts.text("chart.bars", values);
			case LINE -> ReportTexts.text("chart.line", values);
			case PARETO -> ReportTexts.text("chart.pareto", values);
		};
	}

	private String extremes(Measure measure) {
		List<Integer> known = IntStream.range(0, measure.values().size())
			.filter((point) -> measure.values().get(point) != null)
			.boxed()
			.toList();
		if (known.isEmpty()) {
			return ReportTexts.text("chart.unknown", measure.name());
		}
		Comparator<Integer> byAmount = Comparator
			.comparing((point) -> Objects.requireNonNull(measure.values().get(point)));
		int most = known.stream().max(byAmount.thenComparing(Comparator.reverseOrder())).orElseThrow();
		int least = known.stream().min(byAmount).orElseThrow();
		return ReportTexts.text("chart.extremes", measure.name(), measure.text(most), name(most), measure.text(least),
				name(least));
	}

	/** How many of the first points make up most of the total. */
	private String reach(Measure cumulative) {
		List<String> names = this.points.names();
		int enough = IntStream.range(0, names.size()).filter((point) -> {
			BigDecimal share = cumulative.values().get(point);
			return share != null && share.compareTo(MOST_OF_IT) >= 0;
		}).findFirst().orElse(names.size() - 1);
		return ReportTexts.text("chart.reach", cumulative.name(), cumulative.text(enough), enough + 1);
	}

	private String name(int point) {
		return HtmlText.brief(this.points.names().get(point));
	}

}
