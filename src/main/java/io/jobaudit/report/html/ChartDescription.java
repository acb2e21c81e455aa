package io.jobaudit.report.html;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.stream.IntStream;

import io.jobaudit.report.definition.ChartDefinition;
import io.jobaudit.report.html.ChartPoints.Measure;

/** What a chart shows, in words: for those who do not see it. */
final class ChartDescription {

	private static final BigDecimal MOST_OF_IT = new BigDecimal("0.8");

	private final ChartDefinition chart;

	private final ChartPoints points;

	ChartDescription(ChartDefinition chart, ChartPoints points) {
		this.chart = chart;
		this.points = points;
	}

	String text() {
		List<String> names = this.points.names();
		StringJoiner gist = new StringJoiner(" ");
		gist.add("%s of %d by %s, from %s to %s.".formatted(kind(), names.size(), this.chart.categories(),
				HtmlText.brief(names.get(0)), HtmlText.brief(names.get(names.size() - 1))));
		this.points.measures().forEach((measure) -> gist.add(extremes(measure)));
		Measure cumulative = this.points.cumulative();
		if (cumulative != null) {
			gist.add(reach(cumulative));
		}
		return gist.toString();
	}

	private String kind() {
		return switch (this.chart.type()) {
			case COLUMN -> "Columns, a row";
			case BAR -> "Bars, a list";
			case LINE -> "Line, a row";
			case PARETO -> "Columns with the line of their cumulative share, a row";
		};
	}

	private String extremes(Measure measure) {
		List<Integer> known = IntStream.range(0, measure.values().size())
			.filter((point) -> measure.values().get(point) != null)
			.boxed()
			.toList();
		if (known.isEmpty()) {
			return "%s: not known.".formatted(measure.name());
		}
		Comparator<Integer> byAmount = Comparator
			.comparing((point) -> Objects.requireNonNull(measure.values().get(point)));
		int most = known.stream().max(byAmount.thenComparing(Comparator.reverseOrder())).orElseThrow();
		int least = known.stream().min(byAmount).orElseThrow();
		return "%s: most %s (%s), least %s (%s).".formatted(measure.name(), measure.text(most), name(most),
				measure.text(least), name(least));
	}

	/** How few of the first make up most of it. */
	private String reach(Measure cumulative) {
		List<String> names = this.points.names();
		int enough = IntStream.range(0, names.size()).filter((point) -> {
			BigDecimal share = cumulative.values().get(point);
			return share != null && share.compareTo(MOST_OF_IT) >= 0;
		}).findFirst().orElse(names.size() - 1);
		return "%s reaches %s with the first %d.".formatted(cumulative.name(), cumulative.text(enough), enough + 1);
	}

	private String name(int point) {
		return HtmlText.brief(this.points.names().get(point));
	}

}
