package io.jobaudit.metrics;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The last success of an earlier text, where a new one does not know of any: the database
 * that knows is out of reach.
 */
final class CarriedSuccess {

	private static final String NAME = Metric.LAST_SUCCESS.gaugeName();

	/** There in every text, with the same labels. */
	private static final String REFERENCE = Metric.RUN_IN_PROGRESS.gaugeName();

	private CarriedSuccess() {
	}

	static String into(String text, String before) {
		String labels = labels(text);
		if (text.contains("\n" + NAME + "{") || !before.contains("\n" + NAME + labels + " ")) {
			return text;
		}
		List<String> starts = List.of("# HELP " + NAME + " ", "# TYPE " + NAME + " ", NAME + labels + " ");
		return text + before.lines()
			.filter((line) -> starts.stream().anyMatch(line::startsWith))
			.collect(Collectors.joining("\n", "", "\n"));
	}

	private static String labels(String text) {
		return text.lines()
			.filter((line) -> line.startsWith(REFERENCE + "{"))
			.map((line) -> line.substring(REFERENCE.length(), line.lastIndexOf(' ')))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("no " + REFERENCE + " in the metrics"));
	}

}
