package io.jobaudit.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import io.jobaudit.simulator.FaultPlan.PlannedFault;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FaultPlanTest {

	private final SimulatorOptions options = SimulatorOptions.defaults().withFaults(Fault.parse("storm=0.4"));

	@Test
	void faultsDoNotDependOnTheOrderOfCalls() {
		FaultPlan forwards = new FaultPlan();
		FaultPlan backwards = new FaultPlan();

		List<Optional<PlannedFault>> first = plan(forwards, IntStream.range(0, 500), this.options);
		List<Optional<PlannedFault>> second = plan(backwards, IntStream.range(0, 500).map((i) -> 499 - i),
				this.options);

		assertThat(second.stream().filter(Optional::isPresent).count()).isBetween(150L, 250L);
		assertThat(IntStream.range(0, 500).mapToObj((i) -> second.get(499 - i)).toList()).isEqualTo(first);
	}

	@Test
	void anotherSeedGivesOtherFaults() {
		List<Optional<PlannedFault>> first = plan(new FaultPlan(), IntStream.range(0, 500), this.options);
		List<Optional<PlannedFault>> second = plan(new FaultPlan(), IntStream.range(0, 500),
				TestOptions.withSeed(this.options, 2));

		assertThat(second).isNotEqualTo(first);
	}

	@Test
	void eachFaultHasItsShareOfCalls() {
		SimulatorOptions tenth = this.options.withFaults(Map.of(Fault.RESET, 0.1, Fault.STALL, 0.3));

		List<Optional<PlannedFault>> planned = plan(new FaultPlan(), IntStream.range(0, 10_000), tenth);

		assertThat(count(planned, Fault.RESET)).isBetween(900L, 1_100L);
		assertThat(count(planned, Fault.STALL)).isBetween(2_800L, 3_200L);
		assertThat(count(planned, Fault.THROTTLE)).isZero();
	}

	@Test
	void withoutALimitFaultsContinue() {
		SimulatorOptions outage = TestOptions.withMaxFaultsInARow(this.options.withFaults(Map.of(Fault.RESET, 1.0)), 0);

		assertThat(plan(new FaultPlan(), IntStream.generate(() -> 7).limit(50), outage)).allMatch(Optional::isPresent);
	}

	private static List<Optional<PlannedFault>> plan(FaultPlan plan, IntStream ids, SimulatorOptions options) {
		return ids.mapToObj((i) -> plan.next("job-" + i, options)).toList();
	}

	private static long count(List<Optional<PlannedFault>> planned, Fault fault) {
		return planned.stream().flatMap(Optional::stream).filter((one) -> one.fault() == fault).count();
	}

}
