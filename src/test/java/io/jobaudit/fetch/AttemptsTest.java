package io.jobaudit.fetch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.jobaudit.fetch.ApiCircuitBreaker.Health;
import io.jobaudit.fetch.Attempts.Decision;
import io.jobaudit.fetch.api.ApiError;
import io.jobaudit.fetch.api.ErrorClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every state of an id's attempts, and every error and health of the API in it. */
class AttemptsTest {

	/**
	 * What happens between two errors of the id, and the second error.
	 *
	 * @param error the error
	 * @param answered whether the API answered another call in between
	 * @param outageEnded whether an outage ended in between
	 */
	private record Event(ApiError error, boolean answered, boolean outageEnded) {
	}

	/** A state with the events that led to it. */
	private record Node(String state, Decision decision, List<Event> events) {
	}

	private static final ApiError FAULT = error(ErrorClass.TRANSIENT, 503, "ServiceUnavailable");

	private static final ApiError THROTTLED = error(ErrorClass.THROTTLED, 400, "Throttling.User");

	private static final ApiError HINTED = error(ErrorClass.THROTTLED, 503, "ServiceUnavailable");

	private static final ApiError UNKNOWN = error(ErrorClass.UNKNOWN, 400, "Odd");

	private final Map<String, Integer> longest = new HashMap<>();

	private final Set<String> onPath = new HashSet<>();

	@ParameterizedTest
	@CsvSource({ "0, 0", "1, 0", "0, 2", "2, 1", "3, 4" })
	void noPathThroughTheStatesIsLongerThanTheBound(int maxRetries, int throttledMaxRetries) {
		RetryProperties limits = limits(maxRetries, throttledMaxRetries);

		int calls = longestFrom(limits, new Node("begin", Decision.RETRY, List.of()));

		assertThat(calls).as("the bound is as low as it can be").isBetween(limits.maxCalls() - 2, limits.maxCalls());
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "5, 20", "7, 3" })
	void theBoundIsTheFormulaInTheDocumentation(int maxRetries, int throttledMaxRetries) throws Exception {
		String page = Files.readString(Path.of("src/docs/OPERATIONS.md")).replaceAll("\\s+", " ");

		assertThat(page).contains("at most 3 × (`max-retries` + `throttled-max-retries` + 4) calls, %d by default"
			.formatted(defaultCalls()));
		assertThat(limits(maxRetries, throttledMaxRetries).maxCalls())
			.isEqualTo(3 * (maxRetries + throttledMaxRetries + 4));
	}

	private static int defaultCalls() {
		return new Binder(new MapConfigurationPropertySource(Map.of()))
			.bindOrCreate("audit.retry", RetryProperties.class)
			.maxCalls();
	}

	@ParameterizedTest
	@CsvSource({ "NOT_FOUND", "REFUSED", "UNUSABLE", "UNKNOWN" })
	void anAnswerAboutTheIdIsItsOutcome(ErrorClass errorClass) {
		Attempts attempts = new Attempts(limits(5, 20), new Health(false, 1, 0));

		assertThat(attempts.after(error(errorClass, 404, "Code"), new Health(false, 2, 0))).isEqualTo(Decision.FINAL);
	}

	@Test
	void anUnknownErrorWhileAllCallsWaitIsAFault() {
		Attempts attempts = new Attempts(limits(0, 0), new Health(true, 1, 0));

		assertThat(attempts.after(UNKNOWN, new Health(true, 1, 0))).isEqualTo(Decision.WAIT);
		assertThat(attempts.after(UNKNOWN, new Health(true, 2, 0))).isEqualTo(Decision.FINAL);
	}

	@Test
	void faultsOfAnOutageDoNotCountButOnlyInThreeRounds() {
		Attempts attempts = new Attempts(limits(0, 0), new Health(false, 1, 0));

		assertThat(attempts.after(FAULT, new Health(false, 2, 1))).isEqualTo(Decision.RETRY);
		assertThat(attempts.after(FAULT, new Health(false, 3, 2))).isEqualTo(Decision.RETRY);
		assertThat(attempts.after(FAULT, new Health(false, 4, 3))).isEqualTo(Decision.FINAL);
	}

	/**
	 * Longest path of errors from a state to its end. A state that leads to itself would
	 * be a loop without end.
	 */
	private int longestFrom(RetryProperties limits, Node node) {
		if (node.decision() == Decision.FINAL) {
			return 0;
		}
		Integer known = this.longest.get(node.state());
		if (known != null) {
			return known;
		}
		assertThat(this.onPath.add(node.state())).as("a loop through %s", node.events()).isTrue();
		assertThat(node.events()).hasSizeLessThan(limits.maxCalls());
		int most = 0;
		for (Event event : events(node)) {
			Node next = next(limits, node, event);
			most = Math.max(most, 1 + longestFrom(limits, next));
		}
		this.onPath.remove(node.state());
		this.longest.put(node.state(), most);
		return most;
	}

	/** After a wait the API has answered: the breaker sees to that. */
	private static List<Event> events(Node node) {
		List<Event> events = new ArrayList<>();
		for (ApiError error : List.of(FAULT, THROTTLED, HINTED)) {
			for (boolean answered : new boolean[] { false, true }) {
				for (boolean outageEnded : new boolean[] { false, true }) {
					if ((answered || !outageEnded) && (answered || node.decision() != Decision.WAIT)) {
						events.add(new Event(error, answered, outageEnded));
					}
				}
			}
		}
		return events;
	}

	/** Replays all events: attempts cannot be copied. */
	private static Node next(RetryProperties limits, Node node, Event event) {
		List<Event> events = new ArrayList<>(node.events());
		events.add(event);
		Health health = new Health(false, 0, 0);
		Attempts attempts = new Attempts(limits, health);
		Decision decision = Decision.RETRY;
		boolean faultAnswered = false;
		boolean throttleAnswered = false;
		boolean outage = false;
		for (Event each : events) {
			health = new Health(false, health.successes() + (each.answered() ? 1 : 0),
					health.outages() + (each.outageEnded() ? 1 : 0));
			boolean fault = each.error().errorClass() == ErrorClass.TRANSIENT;
			String before = attempts.toString();
			decision = attempts.after(each.error(), health);
			faultAnswered = !fault && (faultAnswered || each.answered());
			throttleAnswered = fault && (throttleAnswered || each.answered());
			boolean newRound = fault && !before.equals(attempts.toString()) && attempts.toString().contains("fault 0");
			outage = !newRound && (outage || each.outageEnded());
		}
		String state = "%s %s %s %s %s".formatted(attempts, decision, faultAnswered, throttleAnswered, outage);
		return new Node(state, decision, events);
	}

	private static RetryProperties limits(int maxRetries, int throttledMaxRetries) {
		return new RetryProperties(maxRetries, Duration.ofMillis(1), Duration.ofMillis(4), 2, throttledMaxRetries);
	}

	private static ApiError error(ErrorClass errorClass, int status, String code) {
		return new ApiError(errorClass, status, code, "as scripted", "", Duration.ZERO);
	}

}
