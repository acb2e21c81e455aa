package io.jobaudit.notify;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The webhook of a chat: a real server that keeps what it receives. */
public final class Chat implements AutoCloseable {

	private final HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);

	private final CountDownLatch closed = new CountDownLatch(1);

	private final List<JsonNode> messages = new CopyOnWriteArrayList<>();

	private final List<String> queries = new CopyOnWriteArrayList<>();

	/** Its answers, the last one repeated: a status and a body; 0 hangs. */
	private final List<String> answers;

	public Chat(String... answers) throws IOException {
		this.answers = new CopyOnWriteArrayList<>(answers);
		this.server.setExecutor((task) -> new Thread(task).start());
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	/** Messages received so far. */
	public List<JsonNode> messages() {
		return this.messages;
	}

	List<String> queries() {
		return this.queries;
	}

	public URI url() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + "/hook?token=hidden");
	}

	private void answer(HttpExchange exchange) throws IOException {
		String answer = (this.answers.size() > 1) ? this.answers.remove(0) : this.answers.get(0);
		this.queries.add(String.valueOf(exchange.getRequestURI().getRawQuery()));
		this.messages.add(JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes()));
		if (answer.equals("0")) {
			try {
				this.closed.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
		byte[] body = answer.substring(Math.min(answer.length(), 4)).getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(Math.max(200, Integer.parseInt(answer.split(" ")[0])), body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	@Override
	public void close() {
		this.closed.countDown();
		this.server.stop(0);
	}

}
