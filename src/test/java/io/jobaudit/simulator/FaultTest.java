package io.jobaudit.simulator;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class FaultTest {

	@Test
	void sharesAreReadByName() {
		assertThat(Fault.parse("throttle=0.02, Cut-Body=0.5,error-in-200=1"))
			.isEqualTo(Map.of(Fault.THROTTLE, 0.02, Fault.CUT_BODY, 0.5, Fault.ERROR_IN_200, 1.0));
	}

	@Test
	void nothingMeansNoFaults() {
		assertThat(Fault.parse(" ")).isEmpty();
	}

	@Test
	void aStormSpreadsItsShareOverAllFaults() {
		Map<Fault, Double> shares = Fault.parse("storm=0.45,reset=0.1");

		assertThat(shares).containsOnlyKeys(Fault.values()).containsEntry(Fault.STALL, 0.05);
		assertThat(shares.get(Fault.RESET)).isEqualTo(0.15, within(1e-12));
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
			thrott=0.1     | unknown fault "thrott", expected one of throttle, retry-hint, server-error
			reset          | name=share, such as reset=0.01, but got "reset"
			reset=0.1,     | but got ""
			reset=1.01     | takes a number from 0 to 1, but got "reset=1.01"
			reset=-0.1     | takes a number from 0 to 1, but got "reset=-0.1"
			reset=NaN      | takes a number from 0 to 1, but got "reset=NaN"
			reset=often    | takes a number from 0 to 1, but got "reset=often"
			""")
	void anythingElseIsRefusedWithWhatWasExpectedAndFound(String text, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> Fault.parse(text)).withMessageContaining(message);
	}

}
