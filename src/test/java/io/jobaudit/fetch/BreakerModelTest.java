package io.jobaudit.fetch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.jobaudit.fetch.api.ApiError;
import io.jobaudit.fetch.api.ErrorClass;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Every state of the circuit breaker that can be reached, and every event in it, beside a
 * model of the rules on the package's page.
 */
@ExtendWith(SilentBreaker.class)
class BreakerModelTest {

	private static final long MAX_DELAY = Duration.ofMillis(400).toNanos();

	private static final long PATIENCE = Duration.ofMinutes(10).toNanos();

	private static final RetryProperties LIMITS = new RetryProperties(5, Duration.ofMillis(100),
			Duration.ofNanos(MAX_DELAY), 2, 20);

	private static final RuntimeException END = new IllegalStateException("the key is wrong");

	/** Each event, and the phases between which it leads. */
	private static final String DIAGRAM = """
			ACQUIRE: CLOSED to CLOSED, OPEN to PROBING, OPEN to TERMINATED
			ANSWERED: CLOSED to CLOSED, OPEN to CLOSED, PROBING to CLOSED
			FAULT: CLOSED to CLOSED, CLOSED to OPEN, OPEN to OPEN, PROBING to PROBING
			FAULT_OF_CANARY: CLOSED to CLOSED, CLOSED to OPEN, OPEN to OPEN, PROBING to PROBING
			THROTTLED: CLOSED to CLOSED, CLOSED to OPEN, OPEN to OPEN, PROBING to PROBING
			UNKNOWN: CLOSED to CLOSED, CLOSED to OPEN, OPEN to CLOSED, OPEN to OPEN, PROBING to CLOSED, PROBING to PROBING
			PROBE_FAULT: PROBING to OPEN
			PROBE_FAULT_OF_CANARY: PROBING to OPEN
			PROBE_THROTTLED: PROBING to OPEN
			PROBE_UNKNOWN: PROBING to CLOSED, PROBING to OPEN
			RELEASE: PROBING to OPEN
			OPEN: CLOSED to OPEN, OPEN to OPEN, PROBING to PROBING
			DECIDED: CLOSED to CLOSED, OPEN to OPEN, PROBING to PROBING
			TERMINATE: CLOSED to TERMINATED, OPEN to TERMINATED, PROBING to TERMINATED
			LONGER_THAN_A_DELAY: CLOSED to CLOSED, OPEN to OPEN, PROBING to PROBING
			LONGER_THAN_PATIENCE: CLOSED to CLOSED, OPEN to OPEN, PROBING to PROBING
			""";

	private enum Event {

		ACQUIRE, ANSWERED, FAULT, FAULT_OF_CANARY, THROTTLED, UNKNOWN, PROBE_FAULT, PROBE_FAULT_OF_CANARY,
		PROBE_THROTTLED, PROBE_UNKNOWN, RELEASE, OPEN, DECIDED, TERMINATE, LONGER_THAN_A_DELAY, LONGER_THAN_PATIENCE;

		boolean isOfProbe() {
			return name().startsWith("PROBE") || this == RELEASE;
		}

		boolean isOfCanary() {
			return name().endsWith("CANARY");
		}

		ErrorClass error() {
			return name().endsWith("THROTTLED") ? ErrorClass.THROTTLED
					: name().endsWith("UNKNOWN") ? ErrorClass.UNKNOWN : ErrorClass.TRANSIENT;
		}

	}

	private enum Phase {

		CLOSED, OPEN, PROBING, TERMINATED

	}

	/**
	 * What the rules depend on.
	 *
	 * @param failures in a row, throttled calls not counted
	 * @param failedProbes since it opened
	 * @param canaryFailedAt when the canary failed first since the last answer
	 * @param undecidedAt when a call failed first since an id was decided
	 */
	private record Model(Phase phase, int failures, int failedProbes, @Nullable Long canaryFailedAt,
			@Nullable Long undecidedAt, long answeredAt, long nextProbe, int outages, long now) {

		private static final Model BEGIN = new Model(Phase.OPEN, 0, 0, null, null, 0, 0, 0, 0);

		/** States that no rule tells apart. */
		private String state() {
			return (this.phase == Phase.TERMINATED) ? "TERMINATED"
					: "%s %d %s %s %s %s".formatted(this.phase, Math.min(this.failures, 10), this.failedProbes > 0,
							age(this.canaryFailedAt, MAX_DELAY + 1), age(this.undecidedAt, PATIENCE + 1),
							age(this.answeredAt, MAX_DELAY));
		}

		private String age(@Nullable Long since, long old) {
			return (since == null) ? "none" : (this.now - since >= old) ? "old" : "new";
		}

		private boolean isPossible(Event event) {
			boolean waits = event == Event.ACQUIRE && this.phase == Phase.PROBING;
			return !waits && (!event.isOfProbe() || this.phase == Phase.PROBING);
		}

		private boolean isPatienceOver() {
			return this.phase == Phase.OPEN && this.failedProbes > 0
					&& age(this.undecidedAt, PATIENCE + 1).equals("old");
		}

		private Model after(Event event) {
			return switch (event) {
				case ACQUIRE -> acquire();
				case ANSWERED -> answered();
				case RELEASE -> with(Phase.OPEN);
				case OPEN -> open();
				case DECIDED -> new Model(this.phase, this.failures, this.failedProbes, this.canaryFailedAt, null,
						this.answeredAt, this.nextProbe, this.outages, this.now);
				case TERMINATE -> with(Phase.TERMINATED);
				case LONGER_THAN_A_DELAY -> at(this.now + MAX_DELAY + 1);
				case LONGER_THAN_PATIENCE -> at(this.now + PATIENCE + 1);
				default -> failed(event);
			};
		}

		private Model acquire() {
			return (this.phase == Phase.OPEN && !isPatienceOver())
					? with(Phase.PROBING).at(Math.max(this.now, this.nextProbe)) : this;
		}

		private Model answered() {
			boolean outage = this.canaryFailedAt != null
					&& (this.failures >= 10 || this.now - this.canaryFailedAt > MAX_DELAY);
			return new Model(Phase.CLOSED, 0, 0, null, this.undecidedAt, this.now, this.nextProbe,
					this.outages + (outage ? 1 : 0), this.now);
		}

		private Model open() {
			return (this.phase != Phase.CLOSED) ? this : new Model(Phase.OPEN, this.failures, 0, this.canaryFailedAt,
					this.undecidedAt, this.answeredAt, this.now, this.outages, this.now);
		}

		private Model failed(Event event) {
			if (event == Event.THROTTLED) {
				return (this.now - this.answeredAt >= MAX_DELAY) ? open() : this;
			}
			Model counted = new Model(this.phase, this.failures + 1, this.failedProbes, this.canaryFailedAt,
					(this.undecidedAt != null) ? this.undecidedAt : (Long) this.now, this.answeredAt, this.nextProbe,
					this.outages, this.now);
			if (event.error() == ErrorClass.UNKNOWN && counted.failures < 10) {
				return new Model(Phase.CLOSED, counted.failures, 0, counted.canaryFailedAt, counted.undecidedAt,
						counted.answeredAt, counted.nextProbe, counted.outages, counted.now);
			}
			boolean canary = event.isOfCanary() && this.canaryFailedAt == null;
			int probes = counted.failedProbes + (event.isOfProbe() ? 1 : 0);
			long next = event.isOfProbe() ? this.now + LIMITS.bound(probes).toNanos() : this.nextProbe;
			Model failed = new Model(event.isOfProbe() ? Phase.OPEN : counted.phase, counted.failures, probes,
					canary ? (Long) this.now : this.canaryFailedAt, counted.undecidedAt, counted.answeredAt, next,
					counted.outages, counted.now);
			return (counted.failures >= 10) ? failed.open() : failed;
		}

		private Model with(Phase changed) {
			return new Model(changed, this.failures, this.failedProbes, this.canaryFailedAt, this.undecidedAt,
					this.answeredAt, this.nextProbe, this.outages, this.now);
		}

		private Model at(long instant) {
			return new Model(this.phase, this.failures, this.failedProbes, this.canaryFailedAt, this.undecidedAt,
					this.answeredAt, this.nextProbe, this.outages, instant);
		}

	}

	/** A state with the events that led to it. */
	private record Node(Model model, List<Event> events) {
	}

	@Test
	void everyEventInEveryStateDoesWhatTheDiagramSays() throws Exception {
		Map<Event, Set<String>> seen = new EnumMap<>(Event.class);
		Set<String> states = new HashSet<>(Set.of(Model.BEGIN.state()));
		Deque<Node> left = new ArrayDeque<>(List.of(new Node(Model.BEGIN, List.of())));
		long walked = 0;
		while (!left.isEmpty()) {
			Node node = left.remove();
			for (Event event : Event.values()) {
				if (node.model().phase() != Phase.TERMINATED && node.model().isPossible(event)) {
					Node next = next(node, event);
					assertSame(next);
					walked++;
					seen.computeIfAbsent(event, (first) -> new TreeSet<>()).add(arc(node.model(), event));
					if (states.add(next.model().state())) {
						left.add(next);
					}
				}
			}
		}

		String arcs = seen.entrySet()
			.stream()
			.map((event) -> event.getKey() + ": " + String.join(", ", event.getValue()))
			.collect(Collectors.joining("\n", "", "\n"));
		assertThat(arcs).isEqualTo(DIAGRAM);
		assertThat(states).hasSize(733);
		assertThat(walked).isEqualTo(9192);
	}

	private static String arc(Model before, Event event) {
		boolean ends = event == Event.ACQUIRE && before.isPatienceOver();
		return before.phase() + " to " + (ends ? Phase.TERMINATED : before.after(event).phase());
	}

	private static Node next(Node node, Event event) {
		List<Event> events = new ArrayList<>(node.events());
		events.add(event);
		return new Node(node.model().after(event), events);
	}

	/** Replays all events, and compares what can be seen of the breaker. */
	private static void assertSame(Node node) throws InterruptedException {
		SteppedTime time = new SteppedTime();
		ApiCircuitBreaker breaker = new ApiCircuitBreaker(LIMITS, Duration.ofNanos(PATIENCE), time);
		for (Event event : node.events().subList(0, node.events().size() - 1)) {
			apply(event, breaker, time);
		}
		Event last = node.events().get(node.events().size() - 1);
		Model before = node.events()
			.subList(0, node.events().size() - 1)
			.stream()
			.reduce(Model.BEGIN, Model::after, (one, other) -> other);
		if (last == Event.ACQUIRE && before.isPatienceOver()) {
			assertThatThrownBy(breaker::acquire).as("%s", node).isInstanceOf(ApiOutageException.class);
		}
		else if (last == Event.ACQUIRE) {
			assertThat(breaker.acquire()).as("%s", node).isEqualTo(before.phase() == Phase.OPEN);
		}
		else {
			apply(last, breaker, time);
		}
		if (node.model().phase() == Phase.TERMINATED) {
			assertThatThrownBy(breaker::acquire).as("%s", node).isSameAs(END);
			return;
		}
		assertThat(breaker.health().open()).as("%s", node).isEqualTo(node.model().phase() != Phase.CLOSED);
		assertThat(breaker.health().outages()).as("%s", node).isEqualTo(node.model().outages());
		assertThat(time.now()).as("%s", node).isEqualTo(node.model().now());
	}

	private static void apply(Event event, ApiCircuitBreaker breaker, SteppedTime time) throws InterruptedException {
		switch (event) {
			case ACQUIRE -> breaker.acquire();
			case ANSWERED -> breaker.onSuccess();
			case RELEASE -> breaker.release(true);
			case OPEN -> breaker.open();
			case DECIDED -> breaker.decided();
			case TERMINATE -> breaker.terminate(END);
			case LONGER_THAN_A_DELAY -> time.pass(Duration.ofNanos(MAX_DELAY + 1));
			case LONGER_THAN_PATIENCE -> time.pass(Duration.ofNanos(PATIENCE + 1));
			default -> breaker.onFailure(new ApiError(event.error(), 503, "Code", "as scripted", "", Duration.ZERO),
					event.isOfProbe(), event.isOfCanary());
		}
	}

}
