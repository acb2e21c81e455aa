package io.jobaudit.ledger;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How a run is divided. */
class RunPartTest {

	@ParameterizedTest
	@CsvSource({ "1, 1, 5000", "1, 8, 5000", "5000, 1, 5000", "5001, 1, 5000", "20000, 2, 5000", "6000, 8, 5000",
			"1000000, 2, 5000", "10000000, 8, 5000", "100, 3, 1", "999, 1000, 7" })
	void eachLineIsInOnePart(long lines, int lanes, int most) {
		List<Long> ends = RunPart.ends(lines, lanes, most);

		assertThat(sizes(ends)).allMatch((size) -> size >= 1 && size <= most);
		assertThat(ends.get(ends.size() - 1)).isEqualTo(lines);
	}

	@Test
	void oneLaneHasLargeParts() {
		assertThat(RunPart.ends(12_000, 1, 5000)).containsExactly(5000L, 10_000L, 12_000L);
	}

	@ParameterizedTest
	@CsvSource({ "20000, 2", "6000, 8", "1000000, 2", "1000000, 8" })
	void theFirstPartsOfLanesDifferAndTheLastOnesAreSmall(long lines, int lanes) {
		List<Long> sizes = sizes(RunPart.ends(lines, lanes, 5000)).boxed().toList();

		assertThat(sizes.subList(0, lanes)).isSorted().doesNotHaveDuplicates();
		assertThat(sizes.get(sizes.size() - 1)).isLessThanOrEqualTo(200);
		assertThat(sizes.subList(lanes, sizes.size())).isSortedAccordingTo((a, b) -> Long.compare(b, a));
	}

	private static LongStream sizes(List<Long> ends) {
		return IntStream.range(0, ends.size())
			.mapToLong((part) -> ends.get(part) - ((part == 0) ? 0 : ends.get(part - 1)));
	}

}
