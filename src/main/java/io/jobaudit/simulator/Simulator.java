package io.jobaudit.simulator;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import io.jobaudit.Ticker;
import io.jobaudit.simulator.BrokenReply.Reply;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpServerRequestHandler;
import org.apache.hc.core5.http.protocol.HttpContext;
import tools.jackson.databind.json.JsonMapper;

/** A running stand-in for the cloud API, reachable on the loopback interface only. */
public final class Simulator implements AutoCloseable {

	private final AtomicReference<SimulatorOptions> options;

	private final SimulatedAccount account;

	private final Connections connections;

	/**
	 * As {@link #start}, with other clocks.
	 * @param clock what the dates of calls are compared with
	 * @param ticker what rates are measured by
	 */
	Simulator(SimulatorOptions options, Clock clock, Ticker ticker) {
		this.options = new AtomicReference<>(options);
		this.account = new SimulatedAccount(this.options::get, clock, ticker);
		this.connections = Connections.listen(options.port(), (socket) -> new CallHandler(socket, this.account));
	}

	/**
	 * Answers calls from now on, until closed.
	 * @throws java.io.UncheckedIOException when the port is not available
	 */
	public static Simulator start(SimulatorOptions options) {
		return new Simulator(options, Clock.systemUTC(), Ticker.SYSTEM);
	}

	/** Where the API is, such as {@code http://127.0.0.1:40123}. */
	public URI endpoint() {
		return URI.create("http://127.0.0.1:" + this.connections.port());
	}

	/** What was seen since the start; each call counts before its answer is sent. */
	public Statistics statistics() {
		return this.account.statistics();
	}

	/** Changes the behaviour for all later calls; the port stays the same. */
	public void change(UnaryOperator<SimulatorOptions> change) {
		this.options.updateAndGet(change);
	}

	@Override
	public void close() {
		this.connections.close();
	}

	/** Serves one connection: calls to the API, and {@code GET /statistics}. */
	static final class CallHandler implements HttpServerRequestHandler {

		private final Socket socket;

		private final SimulatedAccount account;

		private final Tally.RetryHint hint = new Tally.RetryHint();

		CallHandler(Socket socket, SimulatedAccount account) {
			this.socket = socket;
			this.account = account;
		}

		@Override
		public void handle(ClassicHttpRequest request, ResponseTrigger trigger, HttpContext context)
				throws HttpException, IOException {
			ApiCall call = ApiCall.of(request);
			SimulatedAccount.Answer answer = switch (call.path()) {
				case "/" -> this.account.answer(call, this.hint);
				case "/statistics" -> atOnce(statistics());
				default -> atOnce(WholeReply.foreign(404, "text/plain", "no such page"));
			};
			pause(answer.latency());
			answer.reply().sendTo(this.socket, trigger);
		}

		private Reply statistics() {
			return WholeReply.foreign(200, "application/json",
					JsonMapper.builder().build().writeValueAsString(this.account.statistics()));
		}

		private static SimulatedAccount.Answer atOnce(Reply reply) {
			return new SimulatedAccount.Answer(reply, Duration.ZERO);
		}

		static void pause(Duration duration) throws InterruptedIOException {
			try {
				TimeUnit.NANOSECONDS.sleep(duration.toNanos());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new InterruptedIOException("the simulator was closed");
			}
		}

	}

}
