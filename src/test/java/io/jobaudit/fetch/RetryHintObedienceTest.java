package io.jobaudit.fetch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jobaudit.Outcome;
import io.jobaudit.Ticker;
import io.jobaudit.fetch.RealFetch.Result;
import io.jobaudit.simulator.Fault;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import io.jobaudit.simulator.Statistics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** After a hint is read no call begins before the hint's end, not by a millisecond. */
@Timeout(60)
@Tag("slow")
class RetryHintObedienceTest {

	/** When a hint was handed over, and how long it is. */
	private record Hint(long begin, long done, long nanos) {

		boolean isBrokenBy(long sentAt) {
			return sentAt - this.done > 0 && sentAt - (this.begin + this.nanos) < 0;
		}

	}

	@Test
	void onSimulatedTimeThePauseIsExact() throws Exception {
		double hintAt = 10;
		boolean[] asked = { false };
		SimulatedCalls calls = new SimulatedCalls(200, 64).withHint(Duration.ofMillis(1234));

		calls.until(30, (second) -> second < hintAt || asked[0] || !(asked[0] = true));

		double askedAt = calls.firstFrom(hintAt);
		assertThat(calls.between(askedAt + 1e-9, askedAt + 1.234 - 1e-9).calls()).isZero();
		assertThat(calls.between(askedAt + 1.234 - 1e-9, askedAt + 1.235).calls()).isEqualTo(1);
		assertThat(calls.between(askedAt + 1.234, 30).acceptedPerSecond()).as("the pause is all that it costs")
			.isGreaterThan(198);
	}

	@Test
	void noneOfManyThreadsBeginsDuringAPause() throws Exception {
		RateLimiter limiter = new RateLimiter(2000, Duration.ofMinutes(1), Ticker.SYSTEM);
		Queue<Long> permits = new ConcurrentLinkedQueue<>();
		ExecutorService callers = Executors.newFixedThreadPool(8);
		for (int i = 0; i < 8; i++) {
			callers.submit(() -> {
				while (true) {
					permits.add(limiter.acquire());
				}
			});
		}

		List<Hint> hints = new ArrayList<>();
		for (int i = 1; i <= 20; i++) {
			int enough = 10 * i;
			await().pollInterval(Duration.ofMillis(2)).until(() -> permits.size() >= enough);
			long begin = limiter.acquire();
			limiter.throttled(begin, Duration.ofMillis(40));
			hints.add(new Hint(begin, System.nanoTime(), Duration.ofMillis(40).toNanos()));
		}
		callers.shutdownNow();

		assertThat(permits).allSatisfy((permit) -> assertThat(hints).noneMatch((hint) -> hint.isBrokenBy(permit)));
	}

	@Test
	void overRealHttpNoCallComesAMillisecondTooSoon() throws Exception {
		Statistics statistics = statisticsOfARun(1);

		assertThat(statistics.hintsBroken()).isZero();
		assertThat(statistics.worstHintBrokenMillis()).isZero();
	}

	@Test
	void overRealHttpOnlyCallsThatHadTheirPermitBeforeCanCross() throws Exception {
		Statistics statistics = statisticsOfARun(16);

		assertThat(statistics.hintsBroken()).as("one call of each other thread at most")
			.isLessThanOrEqualTo(15 * statistics.faults().getOrDefault(Fault.RETRY_HINT, 0L));
	}

	@Test
	void overRealHttpADateIsObeyedLikeSeconds() throws Exception {
		List<Long> arrivals = new CopyOnWriteArrayList<>();
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> {
			arrivals.add(System.nanoTime());
			refuse(exchange, arrivals.size() == 1);
		});
		server.start();
		URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
		try (RealFetch fetch = new RealFetch(endpoint, 500, 1, Duration.ofSeconds(30))) {
			assertThat(fetch.run(RealFetch.ids(1)).outcomes()).isEqualTo(Map.of(Outcome.REFUSED, 1L));
		}
		finally {
			server.stop(0);
		}
		assertThat(Duration.ofNanos(arrivals.get(1) - arrivals.get(0))).isBetween(Duration.ofSeconds(1),
				Duration.ofSeconds(5));
	}

	/** The server dates its answer by itself, to the second before or after. */
	private static void refuse(HttpExchange exchange, boolean later) throws IOException {
		byte[] body = "{\"RequestId\":\"r\",\"Code\":\"InvalidParameter\"}".getBytes(StandardCharsets.US_ASCII);
		if (later) {
			exchange.getResponseHeaders()
				.set("Retry-After",
						DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(2)));
		}
		exchange.sendResponseHeaders(later ? 503 : 400, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	private static Statistics statisticsOfARun(int concurrency) throws Exception {
		SimulatorOptions options = SimulatorOptions.defaults().withFaults(Map.of(Fault.RETRY_HINT, 0.1));
		try (Simulator simulator = Simulator.start(options);
				RealFetch fetch = new RealFetch(simulator.endpoint(), 500, concurrency, Duration.ofSeconds(30))) {
			Result result = fetch.run(RealFetch.ids(60));

			assertThat(result.outcomes()).isEqualTo(Map.of(Outcome.FETCHED, 60L));
			assertThat(simulator.statistics().faults().get(Fault.RETRY_HINT)).isGreaterThan(3);
			return simulator.statistics();
		}
	}

}
