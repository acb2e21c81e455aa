package io.jobaudit.simulator;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpServerRequestHandler;
import org.apache.hc.core5.http.protocol.HttpContext;
import tools.jackson.databind.json.JsonMapper;

/** Serves one connection: calls to the API, and {@code GET /statistics}. */
final class CallHandler implements HttpServerRequestHandler {

	private static final JsonMapper JSON = JsonMapper.builder().build();

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
		return WholeReply.foreign(200, "application/json", JSON.writeValueAsString(this.account.statistics()));
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
